namespace SurveyDialer.Phones;

/// <summary>How numbers without country or area code are completed.</summary>
public sealed record DialDefaults
{
    /// <summary>ISO 3166 code of the country of numbers without country code. Only <c>CN</c> has a numbering plan here.</summary>
    public string Country { get; init; } = "CN";

    /// <summary>Area code, with its 0, of landlines written without one; null: such numbers are refused.</summary>
    public string? AreaCode { get; init; }

    /// <summary>Whether numbers of other countries may be rung.</summary>
    public bool AllowForeign { get; init; }
}

/// <summary>What one cell holds.</summary>
/// <param name="Numbers">In the order of the cell, each once.</param>
/// <param name="Problems">One for each piece that holds digits but is no number.</param>
public sealed record PhoneCell(IReadOnlyList<PhoneNumber> Numbers, IReadOnlyList<PhoneProblem> Problems)
{
    /// <summary>Neither number nor problem.</summary>
    public static PhoneCell Empty { get; } = new([], []);
}

/// <summary>
/// Reads the telephone numbers of one cell as people write them: several in a cell, with blanks, dashes, brackets, extensions, notes,
/// full-width digits, +86 or 0086, a 0 lost by the spreadsheet. Never throws, never guesses a digit.
/// </summary>
public static class PhoneParser
{
    private const int LongestCell = 400;
    private const int MostNumbers = 10;

    /// <summary>Reads a cell as text.</summary>
    public static PhoneCell Parse(string? text, DialDefaults defaults)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        if (string.IsNullOrWhiteSpace(text)) return PhoneCell.Empty;
        if (text.Length > LongestCell) return Failed(PhoneFault.CellTooLong, []);
        if (TryPlain(text, defaults) is { } plain) return new PhoneCell([plain], []);
        var numbers = new List<PhoneNumber>();
        var problems = new List<PhoneProblem>();
        foreach (var piece in PhoneText.Pieces(text)) ReadPiece(piece, defaults, numbers, problems);
        // Cut in two at its letter, a number would be told to lack an area code.
        if (numbers.Count == 0 && problems.TrueForAll(problem => problem.Fault != PhoneFault.DigitsLost) && PhoneText.LetterInside(text) is { } letter) return Failed(PhoneFault.LetterInside, [letter]);
        return numbers.Count > MostNumbers ? Failed(PhoneFault.TooManyNumbers, []) : new PhoneCell([.. numbers.Distinct()], problems);
    }

    /// <summary>Reads a cell that the spreadsheet stores as a number; its display does not count.</summary>
    public static PhoneCell Parse(double stored, DialDefaults defaults)
    {
        if (stored == 0) return PhoneCell.Empty;
        if (double.IsNaN(stored) || stored != Math.Floor(stored)) return Failed(PhoneFault.Fraction, []);
        return stored is < 0 or > 9_007_199_254_740_992 ? Failed(PhoneFault.DigitsLost, []) : Parse(((long)stored).ToString(), defaults);
    }

    /// <summary>The common case, eleven digits of a mobile, without taking the text apart.</summary>
    private static PhoneNumber? TryPlain(string text, DialDefaults defaults)
        => text.Length == 11 && text[0] == '1' && text.AsSpan().ContainsOnlyDigits() && IsChina(defaults)
            && NumberingPlan.ReadChinese(text) is NumberReading.Good good
                ? good.Number
                : null;

    private static void ReadPiece(string piece, DialDefaults defaults, List<PhoneNumber> numbers, List<PhoneProblem> problems)
    {
        if (PhoneText.Fault(piece) is { } fault)
        {
            problems.Add(new PhoneProblem(fault, []));
            return;
        }

        var best = PhoneGrouping.Best(piece, (group, alone) => ReadGroup(group, defaults, alone));
        numbers.AddRange(best.Numbers);
        foreach (var rest in best.Rest)
        {
            if (ReadGroup(rest, defaults, alone: true) is NumberReading.Bad bad) problems.Add(new PhoneProblem(bad.Fault, bad.Arguments));
            else problems.Add(new PhoneProblem(PhoneFault.AreaCodeMissing, []));
        }
    }

    private static NumberReading ReadGroup(string group, DialDefaults defaults, bool alone)
    {
        var mark = group.IndexOf(PhoneText.ExtensionMark);
        if (mark >= 0) return ReadWithExtension(group[..mark], group[(mark + 1)..], defaults, alone);
        var whole = ReadDigits(group, defaults, alone);
        var dash = group.LastIndexOf('-');
        return whole is NumberReading.Bad && dash > 0 && ReadWithExtension(group[..dash], group[(dash + 1)..], defaults, alone) is NumberReading.Good good
            ? good
            : whole;
    }

    private static NumberReading ReadWithExtension(string main, string extension, DialDefaults defaults, bool alone)
    {
        var reading = ReadDigits(main, defaults, alone);
        var digits = Digits(extension);
        if (reading is not NumberReading.Good good || digits.Length == 0) return reading;
        return NumberingPlan.IsExtension(digits)
            ? new NumberReading.Good(good.Number.WithExtension(digits))
            : new NumberReading.Bad(PhoneFault.TooLong, [(good.Number.E164.Length - 1 + digits.Length).ToString()]);
    }

    private static NumberReading ReadDigits(string group, DialDefaults defaults, bool alone)
    {
        var digits = Digits(group);
        var international = group.Contains('+', StringComparison.Ordinal);
        if (!international && digits.Length > 10 && digits.StartsWith("00", StringComparison.Ordinal))
        {
            international = true;
            digits = digits[2..];
        }

        if (!international) return IsChina(defaults) ? ReadNational(digits, defaults, alone) : new NumberReading.Bad(PhoneFault.CountryCodeMissing, []);
        var chinese = digits.StartsWith("86", StringComparison.Ordinal);
        return chinese || defaults.AllowForeign
            ? NumberingPlan.ReadInternational(digits)
            : new NumberReading.Bad(PhoneFault.ForeignNotAllowed, []);
    }

    private static NumberReading ReadNational(string digits, DialDefaults defaults, bool alone)
    {
        if (!alone && !ShowsItsBeginning(digits)) return new NumberReading.Bad(PhoneFault.AreaCodeMissing, []);
        if (defaults.AreaCode is { } area && digits.Length is 7 or 8 && digits[0] != '0') return NumberingPlan.ReadLocal(digits, area);
        if (digits.Length >= 12 && digits.StartsWith("86", StringComparison.Ordinal)
            && NumberingPlan.ReadChinese(digits[2..]) is NumberReading.Good good) return good;
        return NumberingPlan.ReadChinese(digits);
    }

    /// <summary>A 0, 86 or mobile's 1 shows that the number starts here; other digits may be the end of a damaged one.</summary>
    private static bool ShowsItsBeginning(string digits)
        => digits.StartsWith('0') || (digits.StartsWith('1') && digits.Length == 11) || (digits.StartsWith("86", StringComparison.Ordinal) && digits.Length >= 12);

    private static bool IsChina(DialDefaults defaults) => string.Equals(defaults.Country, "CN", StringComparison.OrdinalIgnoreCase);

    private static string Digits(string group) => string.Concat(group.Where(char.IsAsciiDigit));

    private static PhoneCell Failed(PhoneFault fault, IReadOnlyList<string> arguments) => new([], [new PhoneProblem(fault, arguments)]);
}
