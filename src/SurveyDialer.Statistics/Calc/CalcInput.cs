using System.Globalization;
using System.Text.Json;

namespace SurveyDialer.Statistics.Calc;

/// <summary>Reads the fields of one JSON object. The first thing that is wrong is kept as the problem; reading goes on with harmless values, so that a
/// calculation reads everything first and then asks once.</summary>
internal sealed class CalcInput
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly ProblemSink _sink;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public CalcInput(JsonElement element) : this(element, "", new ProblemSink())
    {
    }

    private CalcInput(JsonElement element, string path, ProblemSink sink)
    {
        (_object, _path, _sink) = (element, path, sink);
        sink.Read.Add(this);
        if (element.ValueKind != JsonValueKind.Object) Refuse("NotAnObject", path.Length == 0 ? "input" : path.TrimEnd('.'));
    }

    public Problem? Problem => _sink.First;

    public IEnumerable<string> Names => _object.ValueKind == JsonValueKind.Object ? _object.EnumerateObject().Select(p => p.Name) : [];

    /// <summary>The first field, here or below, that nobody asked for and that is written nearly like one that was asked for and is not there; null: there is none.</summary>
    /// <remarks>Other fields may stand in an input: they are remarks of whoever wrote it.</remarks>
    public Problem? Misspelt() => _sink.Read.Select(input => input.OwnMisspelt()).FirstOrDefault(problem => problem is not null);

    public void Refuse(string key, params string[] arguments) => _sink.First ??= new Problem(key, arguments);

    public string PathOf(string name) => _path + name;

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    public bool IsArray(string name) => Find(name) is { ValueKind: JsonValueKind.Array };

    public bool IsText(string name) => Find(name) is { ValueKind: JsonValueKind.String };

    public bool IsObject(string name) => Find(name) is { ValueKind: JsonValueKind.Object };

    public double Number(string name, Bounds bounds) => Find(name) is { } value ? ToNumber(value, PathOf(name), bounds) : Missing(name);

    public double NumberOr(string name, double otherwise, Bounds bounds) => Has(name) ? Number(name, bounds) : otherwise;

    public double? Optional(string name, Bounds bounds) => Has(name) ? Number(name, bounds) : null;

    public long Whole(string name, Bounds bounds)
    {
        var value = Number(name, bounds);
        if (value == Math.Floor(value)) return (long)value;
        Refuse("NotWhole", PathOf(name), Print(value));
        return 0;
    }

    /// <summary>A decimal as written, so that rounding sees 93.125 and not its binary neighbour.</summary>
    public decimal? Decimal(string name, Bounds bounds)
    {
        if (!Has(name)) return null;
        var value = Number(name, bounds);
        return Find(name) is { ValueKind: JsonValueKind.Number } exact && exact.TryGetDecimal(out var number) ? number : (decimal)value;
    }

    /// <summary>A name that may be written as a number.</summary>
    public string TextOrWhole(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetRawText() : Text(name);

    public string Text(string name)
    {
        if (Find(name) is not { } value) return MissingText(name);
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        Refuse("NotText", PathOf(name));
        return "";
    }

    public IReadOnlyList<double> Numbers(string name, Bounds bounds) =>
        [.. Items(name).Select((item, i) => ToNumber(item, $"{PathOf(name)}[{i}]", bounds))];

    public IReadOnlyList<long> Wholes(string name, Bounds bounds)
    {
        var numbers = Numbers(name, bounds);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] != Math.Floor(numbers[i])) Refuse("NotWhole", $"{PathOf(name)}[{i}]", Print(numbers[i]));
        }

        return Problem is null ? [.. numbers.Select(n => (long)n)] : [];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else Refuse("NotText", $"{PathOf(name)}[{texts.Count}]");
        }

        return texts;
    }

    /// <summary>As <see cref="Texts"/>, but missing or empty is no mistake.</summary>
    public IReadOnlyList<string> TextsOrNone(string name) => Find(name) is not { } value || value is { ValueKind: JsonValueKind.Array } && value.GetArrayLength() == 0 ? [] : Texts(name);

    public IReadOnlyList<CalcInput> Objects(string name) => [.. Items(name).Select((item, i) => new CalcInput(item, $"{PathOf(name)}[{i}].", _sink))];

    public CalcInput Object(string name)
    {
        if (Find(name) is { } value) return new CalcInput(value, PathOf(name) + ".", _sink);
        Missing(name);
        return new CalcInput(default, PathOf(name) + ".", _sink);
    }

    /// <summary>Refuses arrays of different lengths.</summary>
    public void SameLength(string first, int firstLength, string second, int secondLength)
    {
        if (firstLength != secondLength) Refuse("LengthDiffers", PathOf(first), $"{firstLength}", PathOf(second), $"{secondLength}");
    }

    /// <summary>Refuses a part that is larger than its whole.</summary>
    public void NotAbove(string part, double value, string whole, double limit)
    {
        if (value > limit) Refuse("AboveTotal", PathOf(part), Print(value), PathOf(whole), Print(limit));
    }

    public DateOnly Date(string text, string name)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Refuse("NotADate", PathOf(name), text);
        return DateOnly.MinValue;
    }

    private static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private Problem? OwnMisspelt()
    {
        var there = Names.ToHashSet(StringComparer.Ordinal);
        var missing = _asked.Where(name => !there.Contains(name)).ToList();
        foreach (var name in there.Where(name => !_asked.Contains(name)))
        {
            if (missing.Find(asked => Spelling.IsNear(name, asked)) is { } meant) return new Problem("Misspelt", PathOf(name), PathOf(meant));
        }

        return null;
    }

    private List<JsonElement> Items(string name)
    {
        if (Find(name) is not { } value)
        {
            Missing(name);
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array) Refuse("NotAnArray", PathOf(name));
        else if (value.GetArrayLength() == 0) Refuse("Empty", PathOf(name));
        else return [.. value.EnumerateArray()];
        return [];
    }

    private double ToNumber(JsonElement value, string path, Bounds bounds)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number)) Refuse("NotANumber", path);
        else if (!bounds.Holds(number)) Refuse("OutOfRange", path, bounds.Text, Print(number));
        else return number;
        return 0;
    }

    private double Missing(string name)
    {
        Refuse("Missing", PathOf(name));
        return 0;
    }

    private string MissingText(string name)
    {
        Missing(name);
        return "";
    }

    private sealed class ProblemSink
    {
        public Problem? First { get; set; }

        public List<CalcInput> Read { get; } = [];
    }
}
