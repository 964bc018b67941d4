namespace SurveyDialer.Exports;

/// <summary>One column of the microdata.</summary>
/// <param name="Name">Letters, digits and underscores; as it stands in the first row.</param>
/// <param name="Label">What it holds.</param>
/// <param name="Sql">What the view selects for it; null: worked out outside the database.</param>
internal sealed record MicrodataVariable(string Name, string Label, string? Sql)
{
    /// <summary>Number to meaning; empty for an open number.</summary>
    internal IReadOnlyList<(long Value, string Label)> Values { get; init; } = [];

    /// <summary>Least value of those that are no answer on the scale: from there on all are user-missing; null: none.</summary>
    internal long? MissingFrom { get; init; }

    /// <summary>A single value below these that is user-missing too.</summary>
    internal long? MissingToo { get; init; }

    /// <summary>Printed with so many decimals; 0: whole numbers.</summary>
    internal int Decimals { get; init; }

    /// <summary>The question and the key that a column of a multiple choice stands for, or whether it says that the explanation was heard.</summary>
    internal MicrodataAnswer? Answer { get; init; }

    internal bool IsMissing(long value) => value >= MissingFrom || value == MissingToo;
}

/// <param name="Key">Of a multiple choice: 1 where this key was given, else 0.</param>
internal sealed record MicrodataAnswer(string QuestionId, string? Key, bool Explained);
