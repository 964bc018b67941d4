using SurveyDialer.Calls;

namespace SurveyDialer.Fieldwork;

/// <summary>Where the carrier's endpoints hand in what they were told: each kind of message goes to its story.</summary>
internal sealed class CarrierInbox(
    NextTurn nextTurn, AfterContact after, Dispatcher dispatcher, ICarrier carrier, VoiceComments comments, IncomingCalls incoming,
    TextConversation conversation, TextReports textReports) : ICarrierInbox
{
    public Task<VoiceReply?> VoiceTurnAsync(VoiceTurn turn, CancellationToken cancellation) => nextTurn.TakeAsync(turn, cancellation);

    public async Task CallReportedAsync(CallReport report, CancellationToken cancellation)
    {
        switch (await after.ReportAsync(report, cancellation))
        {
            case Reported.Ended:
                dispatcher.Wake();
                break;
            case Reported.DuplicateCall when AfterContact.IsOnItsWay(report.Status):
                await carrier.CancelCallAsync(report.CarrierId, evenInProgress: true, cancellation);
                break;
            case Reported.Unknown or Reported.Nothing or Reported.DuplicateCall:
                break;
        }
    }

    public Task AnsweredByAsync(string token, string carrierId, AnsweredBy answeredBy, CancellationToken cancellation)
        => after.AnsweredByAsync(token, carrierId, answeredBy, cancellation);

    public Task RecordingReportedAsync(RecordingReport recording, CancellationToken cancellation) => comments.AnnouncedAsync(recording, cancellation);

    public async Task TextReceivedAsync(IncomingText text, CancellationToken cancellation)
    {
        await conversation.ReceiveAsync(text, cancellation);
        dispatcher.Wake();
    }

    public async Task TextReportedAsync(TextReport report, CancellationToken cancellation)
    {
        if (await textReports.ReportAsync(report, cancellation)) dispatcher.Wake();
    }

    public Task<VoiceReply> IncomingCallAsync(IncomingCall call, CancellationToken cancellation) => incoming.AnswerAsync(call, cancellation);
}
