using System.Globalization;
using SurveyDialer.Simulator.Respondents;

namespace SurveyDialer.Simulator.Calls;

/// <summary>The parameters that every voice request carries, empty geography included: all of them are signed.</summary>
internal static class CallFields
{
    private static readonly string[] Geography =
    [
        "FromCity", "FromState", "FromZip", "ToCity", "ToState", "ToZip", "CallerCity", "CallerState", "CallerZip", "CalledCity", "CalledState", "CalledZip",
    ];

    public static List<KeyValuePair<string, string>> Standard(SimulatedCall call, string status)
    {
        var order = call.Order;
        var (from, to) = (Country(order.From), Country(order.To));
        var fields = new List<KeyValuePair<string, string>>(36)
        {
            new("CallSid", call.Sid), new("AccountSid", call.AccountSid), new("From", order.From), new("To", order.To),
            new("Caller", order.From), new("Called", order.To), new("CallStatus", status), new("ApiVersion", "2010-04-01"),
            new("Direction", call.ParentSid is null ? call.Direction : "outbound-dial"),
            new("FromCountry", from), new("CallerCountry", from), new("ToCountry", to), new("CalledCountry", to),
        };
        foreach (var name in Geography)
            fields.Add(new(name, ""));
        if (call.ParentSid is { } parent)
            fields.Add(new("ParentCallSid", parent));
        return fields;
    }

    /// <summary>RFC 2822 in UTC.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);

    private static string Country(string number)
        => number.StartsWith("+86", StringComparison.Ordinal) ? "CN" : number.StartsWith("+1", StringComparison.Ordinal) ? "US" : "";

    /// <summary>The same for every repetition of one request, different for every other.</summary>
    public static string Token(string key)
    {
        var hash = Chance.Hash(key);
        return string.Create(CultureInfo.InvariantCulture, $"{hash:x16}-{Chance.Mix(hash):x16}");
    }
}
