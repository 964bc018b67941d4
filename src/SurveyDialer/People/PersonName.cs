namespace SurveyDialer.People;

/// <summary>Names of those who work with the program, as they stand in histories: equal names are one person.</summary>
public static class PersonName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 20;

    /// <summary>A name as it is kept; null for what is none.</summary>
    public static string? Clean(string? name)
    {
        var plain = string.Join(' ', (name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length is > 0 and <= Longest && !plain.Any(char.IsControl) ? plain : null;
    }
}
