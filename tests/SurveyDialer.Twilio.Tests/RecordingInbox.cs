using System.Collections.Concurrent;
using SurveyDialer.Calls;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.Twilio.Tests;

/// <summary>Keeps what it was told; answers one question until told otherwise.</summary>
internal sealed class RecordingInbox : ICarrierInbox
{
    internal static readonly VoiceReply Question =
        new([new Utterance("zh-CN", "请按键。", null, Interruptible: true)], new Expectation.Key(TimeSpan.FromSeconds(6)), 1);

    internal ConcurrentQueue<object> Told { get; } = new();

    internal Func<object, VoiceReply?> Reply { get; set; } = _ => Question;

    public Task<VoiceReply?> VoiceTurnAsync(VoiceTurn turn, CancellationToken cancellation) => Task.FromResult(Tell(turn));

    public Task CallReportedAsync(CallReport report, CancellationToken cancellation) => Task.FromResult(Tell(report));

    public Task AnsweredByAsync(string token, string carrierId, AnsweredBy answeredBy, CancellationToken cancellation) =>
        Task.FromResult(Tell((token, carrierId, answeredBy)));

    public Task RecordingReportedAsync(RecordingReport recording, CancellationToken cancellation) => Task.FromResult(Tell(recording));

    public Task TextReceivedAsync(IncomingText text, CancellationToken cancellation) => Task.FromResult(Tell(text));

    public Task TextReportedAsync(TextReport report, CancellationToken cancellation) => Task.FromResult(Tell(report));

    public Task<VoiceReply> IncomingCallAsync(IncomingCall call, CancellationToken cancellation) => Task.FromResult(Tell(call)!);

    private VoiceReply? Tell(object what)
    {
        Told.Enqueue(what);
        return Reply(what);
    }
}
