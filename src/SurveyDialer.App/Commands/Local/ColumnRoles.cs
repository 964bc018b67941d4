using SurveyDialer.Sample;

namespace SurveyDialer.App.Commands.Local;

/// <summary>The names of column roles on the command line: those of <see cref="ColumnRole"/> in small letters.</summary>
internal static class ColumnRoles
{
    /// <summary>For help and messages.</summary>
    internal static string Names { get; } = string.Join(", ", Enum.GetNames<ColumnRole>().Select(name => name.ToLowerInvariant()));

    /// <summary>Null when there is no such role.</summary>
    internal static ColumnRole? Find(string name)
        => Enum.GetValues<ColumnRole>().Where(role => role.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(role => (ColumnRole?)role).FirstOrDefault();
}
