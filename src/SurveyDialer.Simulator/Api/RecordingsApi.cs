using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SurveyDialer.Simulator.Calls;

namespace SurveyDialer.Simulator.Api;

/// <summary>Recordings: description, audio, delete.</summary>
internal sealed class RecordingsApi(CarrierSimulator carrier)
{
    private static readonly FaultKind[] Late = [FaultKind.RecordingLate];

    public Task<RestAnswer> OfCallAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (carrier.Calls.Find((string?)context.Request.RouteValues["sid"] ?? "") is not { } call)
            return Task.FromResult(RestAnswer.NotFound);
        Recording[] recordings;
        lock (call.Gate)
            recordings = [.. call.Recordings.Where(static recording => !recording.Deleted)];
        return Task.FromResult(Paging.Page(
            context, "recordings", recordings, recording => Array.IndexOf(recordings, recording) * -1,
            (json, recording) => Json.Recording(json, recording, carrier.Options.AccountSid, carrier.Now)));
    }

    public Task<RestAnswer> FetchAsync(HttpContext context, IFormCollection form, CancellationToken cancellation) => Task.FromResult(
        Find(context) is { } recording
            ? new RestAnswer(200, json => Json.Recording(json, recording, carrier.Options.AccountSid, carrier.Now))
            : RestAnswer.NotFound);

    public Task<RestAnswer> AudioAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { ReadyAt: { } ready } recording || ready > carrier.Now)
            return Task.FromResult(RestAnswer.NotFound);
        var number = carrier.Calls.Find(recording.CallSid)?.Resident ?? "";
        if (carrier.Faults.Strike(Late, "recording", byDefault: true, number, 1) is not null)
            return Task.FromResult(RestAnswer.NotFound);
        var wav = Wav.Murmur(recording.Seconds, recording.Sid);
        carrier.Witness.Add(new WitnessEntry(carrier.Now, WitnessKind.RecordingFetched, number, 0, recording.Sid, Detail: Convert.ToHexString(SHA256.HashData(wav))));
        return Task.FromResult(new RestAnswer(200, Wav: wav));
    }

    public Task<RestAnswer> DeleteAsync(HttpContext context, IFormCollection form, CancellationToken cancellation)
    {
        if (Find(context) is not { } recording)
            return Task.FromResult(RestAnswer.NotFound);
        recording.Deleted = true;
        carrier.Witness.Add(new WitnessEntry(carrier.Now, WitnessKind.RecordingDeleted, carrier.Calls.Find(recording.CallSid)?.Resident ?? "", 0, recording.Sid));
        return Task.FromResult(RestAnswer.Gone);
    }

    private Recording? Find(HttpContext context)
        => carrier.Recordings.GetValueOrDefault((string?)context.Request.RouteValues["sid"] ?? "") is { Deleted: false } recording ? recording : null;
}
