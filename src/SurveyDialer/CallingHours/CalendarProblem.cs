using System.Globalization;
using System.Resources;

namespace SurveyDialer.CallingHours;

/// <summary>What is wrong with a file that names days.</summary>
internal enum CalendarFault
{
    /// <summary>Arguments: line, the parser's words.</summary>
    NotYaml,

    /// <summary>The file holds nothing.</summary>
    Empty,

    /// <summary>Arguments: line, the missing entry.</summary>
    Missing,

    /// <summary>Arguments: line, the entry.</summary>
    UnknownKey,

    /// <summary>A list where a text is expected and the like. Arguments: line, the entry.</summary>
    WrongShape,

    /// <summary>Arguments: line, what stands there.</summary>
    NotADay,

    /// <summary>Arguments: line, first day, last day.</summary>
    Backwards,

    /// <summary>Arguments: line, the day, first and last day covered.</summary>
    NotCovered,

    /// <summary>Arguments: line, the day.</summary>
    TwoKinds,
}

/// <summary>One thing that is wrong with such a file.</summary>
internal sealed record CalendarProblem(CalendarFault Fault, params object[] Arguments)
{
    private static readonly ResourceManager Texts = new("SurveyDialer.CallingHours.CalendarTexts", typeof(CalendarProblem).Assembly);

    /// <summary>The delivered file that shows how it is done.</summary>
    public string Sample { get; init; } = "cn.yaml";

    /// <summary>What is wrong and how to mend it.</summary>
    public string Describe(CultureInfo culture)
    {
        var text = Texts.GetString(Fault.ToString(), culture) ?? throw new InvalidOperationException($"There is no text for {Fault}.");
        return string.Format(culture, text.Replace("{sample}", Sample, StringComparison.Ordinal), Arguments);
    }
}
