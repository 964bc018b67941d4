using System.Text.RegularExpressions;

namespace SurveyDialer.Tests.House;

/// <summary>
/// Everything that a carrier, a network or a resident is known to do to a dialler has a number: R requests, C callbacks, S signatures, G the
/// conversation. Each is some test's case, so that none is lost when tests are moved.
/// </summary>
public sealed partial class CasesTests
{
    private static readonly (char Kind, int Count)[] Matrix = [('R', 14), ('C', 15), ('S', 13), ('G', 17)];

    [Fact]
    public void Every_case_of_the_matrix_has_a_test()
    {
        var tested = SourceTree.Files("tests", ".cs").SelectMany(file => Tagged().Matches(SourceTree.Read(file))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var cases = Matrix.SelectMany(kind => Enumerable.Range(1, kind.Count).Select(number => $"{kind.Kind}{number}")).ToList();
        Assert.Equal(cases.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("Trait\\(\"case\", \"([A-Z0-9]+)\"\\)")]
    private static partial Regex Tagged();
}
