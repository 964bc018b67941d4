using System.Net;

namespace SurveyDialer.EndToEnd.FaultMatrix;

/// <summary>Requests that the carrier did not sign, or signed once before: whatever they ask, nothing is written.</summary>
public sealed class SignatureCasesTests
{
    private const string Ledger = """
        SELECT (SELECT count(*) FROM answer) || ' ' || (SELECT group_concat(turn || coalesce(position, '')) FROM interview) || ' ' ||
               (SELECT group_concat(state || coalesce(outcome, '') || coalesce(carrier_status, '')) FROM attempt) || ' ' || (SELECT count(*) FROM do_not_call) || ' ' ||
               (SELECT count(*) FROM carrier_event);
        """;

    [Theory]
    [Trait("case", "S2")]
    [Trait("case", "S3")]
    [Trait("case", "S4")]
    [Trait("case", "S11")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, and much too long for a signature of twenty bytes")]
    [InlineData("token")]
    [InlineData("changed")]
    [InlineData("added")]
    [InlineData("removed")]
    [InlineData("elsewhere")]
    public async Task An_answer_under_a_wrong_signature_is_forbidden_and_nothing_is_written(string? signature)
    {
        await using var round = await FaultRound.StartAsync([], ["answer: 1 1 1 - - - - - - -"]);
        await round.AdvanceAsync(FaultRound.Opening + TimeSpan.FromSeconds(90));
        var (token, call, turn) = (round.One<string>("SELECT token FROM attempt;"), round.One<string>("SELECT carrier_id FROM attempt;"), round.One<long>("SELECT turn FROM interview;"));
        var path = $"carrier/voice/{token}/{turn}";
        (string, string)[] fields = [("AccountSid", new SurveyDialer.Simulator.SimulatorOptions().AccountSid), ("CallSid", call), ("CallStatus", "in-progress"), ("Digits", "9")];
        var before = round.One<string>(Ledger);
        var given = signature switch
        {
            "token" => round.Sign(path, fields, "another token"),
            "changed" => round.Sign(path, [.. fields[..3], ("Digits", "1")]),
            "added" => round.Sign(path, fields[..3]),
            "removed" => round.Sign(path, [.. fields, ("FinishedOnKey", "")]),
            "elsewhere" => round.Sign($"carrier/voice/{token}/{turn + 1}", fields),
            _ => signature,
        };

        Assert.Equal(HttpStatusCode.Forbidden, (await round.SendAsync(path, given, fields)).Status);
        Assert.Equal(before, round.One<string>(Ledger));

        // Signed, in any order of the fields, the same request is an answer; sent once more it is none.
        var signed = round.Sign(path, fields);
        Assert.Equal(HttpStatusCode.OK, (await round.SendAsync(path, signed, [.. fields.Reverse()])).Status);
        var after = round.One<string>(Ledger);
        Assert.NotEqual(before, after);
        await round.SendAsync(path, signed, fields);
        Assert.Equal(after, round.One<string>(Ledger));
    }
}
