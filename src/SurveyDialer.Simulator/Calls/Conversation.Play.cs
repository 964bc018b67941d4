using System.Collections.Concurrent;
using System.Globalization;
using SurveyDialer.Simulator.Respondents;
using SurveyDialer.Simulator.Twiml;

namespace SurveyDialer.Simulator.Calls;

/// <summary>How the verbs of a document are carried out.</summary>
internal sealed partial class Conversation
{
    /// <summary>A key after the other takes this long.</summary>
    private const double SecondsPerKey = 0.4;
    private readonly ConcurrentDictionary<string, double> _lengths = new();

    public async Task PlayAsync(SimulatedCall call, int generation, TwimlDocument document, string url, Fetch fetch, CancellationToken cancellation)
    {
        if (document.Error != 0 || ++call.DocumentsWithoutTime > MostDocumentsWithoutTime)
        {
            await FailAsync(call, generation, fetch with { IsFallback = fetch.IsFallback || document.Error == 0 }, document.Error == 0 ? 11215 : document.Error, cancellation);
            return;
        }

        var time = 0.0;
        foreach (var verb in document.Verbs)
        {
            if (verb is RejectVerb reject && call.Direction == "inbound" && call.Answered is null)
            {
                carrier.Life.End(call, reject.Busy ? CallState.Busy : CallState.NoAnswer);
                return;
            }

            carrier.Life.AnswerIncoming(call);
            switch (verb)
            {
                case SoundVerb sound:
                    time += await HearAsync(call, sound, url, cancellation);
                    break;
                case GatherVerb gather:
                    var promptLength = 0.0;
                    foreach (var prompt in gather.Prompts)
                        promptLength += await HearAsync(call, prompt, url, cancellation);
                    if (Gather(call, generation, gather, url, time, promptLength) is not { } silence)
                        return;
                    time += silence;
                    break;
                case RecordVerb record:
                    if (Record(call, generation, record, url, time) is not { } nothingSaid)
                        return;
                    time += nothingSaid;
                    break;
                case RedirectVerb redirect:
                    Go(call, generation, time, new Fetch(Resolve(url, redirect.Url), redirect.Method, "action"));
                    return;
                case DialVerb dial:
                    if (Dial(call, generation, document, dial, url, time))
                        return;
                    break;
                case HangupVerb or RejectVerb:
                    Finish(call, generation, Patience(call, time));
                    return;
                case MessageVerb:
                    break;
                default:
                    throw new InvalidOperationException($"No {verb.GetType().Name} in a call.");
            }

            if (double.IsInfinity(time))
                break;
        }

        carrier.Life.AnswerIncoming(call);
        Finish(call, generation, Patience(call, time));
    }

    /// <summary>The Digits with which a prompt ends, and when; null: nothing was pressed that counts.</summary>
    /// <param name="After">Seconds from the start of the prompt.</param>
    internal readonly record struct Pressed(string Digits, string FinishedOnKey, double After);

    /// <summary>What the carrier makes of keys pressed at a Gather.</summary>
    /// <param name="first">Seconds from the start of the prompt to the first key.</param>
    internal static Pressed? Collect(GatherVerb gather, string keys, double first, double promptLength)
    {
        // The timer starts when the prompt has ended or with the first key, and again with every key.
        if (!gather.Keys || keys.Length == 0 || first >= promptLength + gather.Timeout)
            return null;
        var digits = "";
        var at = first;
        foreach (var key in keys)
        {
            if (gather.FinishOnKey.Contains(key, StringComparison.Ordinal))
                return new Pressed(digits, key.ToString(), at);
            digits += key;
            if (digits.Length == gather.NumDigits)
                return new Pressed(digits, "", at);
            at += SecondsPerKey;
        }

        return new Pressed(digits, "", at - SecondsPerKey + gather.Timeout);
    }

    private double? Gather(SimulatedCall call, int generation, GatherVerb gather, string url, double before, double promptLength)
    {
        var step = ++call.Step;
        var heard = TakeHeard(call);
        var reaction = carrier.Residents.React(
            new Hearing(call.Resident, call.Attempt, step, heard, promptLength, before + promptLength, Recording: false), call.Line, call.Pickup!.Kind);
        var path = SimulatedCall.PathOf(Resolve(url, gather.Action));
        if (reaction.Kind == ReactionKind.HangUp && reaction.At <= before + promptLength + gather.Timeout)
        {
            HangUp(call, generation, reaction.At, step, heard, path);
            return null;
        }

        var keys = reaction.Kind == ReactionKind.Keys ? reaction.Keys : "";
        var pressed = Collect(gather, keys, reaction.During ? Math.Min(reaction.At, promptLength) : promptLength + reaction.At, promptLength);
        if (pressed is null && double.IsInfinity(promptLength))
        {
            Finish(call, generation, double.PositiveInfinity);
            return null;
        }

        var result = pressed ?? new Pressed("", "", promptLength + gather.Timeout);
        if (result.Digits.Length == 0 && !gather.ActionOnEmptyResult)
        {
            LogStep(call, step, heard, path, "-", carrier.After(before + result.After));
            return result.After;
        }

        var fetch = new Fetch(Resolve(url, gather.Action), gather.Method, "action")
        {
            Extra = [new("Digits", result.Digits), new("FinishedOnKey", result.FinishedOnKey), new("msg", "Gather End")], Abandoned = reaction.ThenHangUp,
        };
        Go(call, generation, before + result.After, fetch, () => LogStep(call, step, heard, path, result.Digits + result.FinishedOnKey is { Length: > 0 } shown ? shown : "-", carrier.Now));
        return null;
    }

    private double? Record(SimulatedCall call, int generation, RecordVerb record, string url, double before)
    {
        var step = ++call.Step;
        var heard = TakeHeard(call);
        var lead = before + (record.PlayBeep ? 1 : 0);
        var reaction = carrier.Residents.React(new Hearing(call.Resident, call.Attempt, step, heard, 0, before, Recording: true), call.Line, call.Pickup!.Kind);
        var path = SimulatedCall.PathOf(Resolve(url, record.Action));
        if (reaction.Kind == ReactionKind.HangUp)
        {
            HangUp(call, generation, Math.Min(reaction.At, lead), step, heard, path);
            return null;
        }

        if (reaction.Kind != ReactionKind.Speech || reaction.At <= 0)
        {
            // An empty recording: no action, the next verb follows.
            var wait = reaction.Kind == ReactionKind.Keys && record.FinishOnKey.Contains(reaction.Keys[0], StringComparison.Ordinal)
                ? reaction.At : record.Timeout > 0 ? record.Timeout : record.MaxLength;
            LogStep(call, step, heard, path, "-", carrier.After(lead + wait));
            Recorder.Absent(call, record, lead + wait);
            return lead - before + wait;
        }

        var length = Math.Min(reaction.At, record.MaxLength);
        var cut = reaction.At > record.MaxLength;
        Next(call, generation, lead + length, cancellation =>
        {
            LogStep(call, step, heard, path, "speech", carrier.Now);
            var recording = Recorder.FromVerb(call, record, length);
            var hangUp = reaction.ThenHangUp && !cut;
            var fetch = new Fetch(Resolve(url, record.Action), record.Method, "action")
            {
                Status = hangUp ? "completed" : null,
                Extra =
                [
                    new("RecordingUrl", carrier.RecordingUrl(recording)), new("RecordingSid", recording.Sid),
                    new("RecordingDuration", recording.Seconds.ToString(CultureInfo.InvariantCulture)),
                    new("Digits", hangUp ? "hangup" : cut || !record.FinishOnKey.Contains('#', StringComparison.Ordinal) ? "" : "#"),
                ],
            };
            if (!hangUp)
                return ActAsync(call, generation, fetch, cancellation);
            carrier.Life.End(call, CallState.Completed);
            carrier.At(carrier.Now, call.NextKey(), async later => LogTurn(call, fetch, (await RequestAsync(call, fetch, later)).Status, delivered: false));
            return Task.CompletedTask;
        });
        return null;
    }

    private void Go(SimulatedCall call, int generation, double seconds, Fetch fetch, Action? before = null) => Next(call, generation, seconds, cancellation =>
    {
        before?.Invoke();
        return ActAsync(call, generation, fetch, cancellation);
    });

    private async Task ActAsync(SimulatedCall call, int generation, Fetch fetch, CancellationToken cancellation)
    {
        if (fetch.Abandoned)
        {
            var reply = await RequestAsync(call, fetch, cancellation);
            LogTurn(call, fetch, reply.Status, delivered: false);
            carrier.Life.End(call, CallState.Completed);
            return;
        }

        await FetchAsync(call, generation, fetch, cancellation);
    }

    private void HangUp(SimulatedCall call, int generation, double seconds, int step, string heard, string? path) => Next(call, generation, seconds, _ =>
    {
        LogStep(call, step, heard, path, "hangup", carrier.Now);
        carrier.Life.End(call, CallState.Completed);
        return Task.CompletedTask;
    });

    /// <summary>When a scripted resident hangs up into the last words instead of hearing them out.</summary>
    private static double Patience(SimulatedCall call, double time)
        => call.Line?.Reactions is { } reactions && call.Step < reactions.Count && reactions[call.Step] is { Kind: ReactionKind.HangUp } hangUp
            ? hangUp.At < 0 ? time / 2 : Math.Min(hangUp.At, time)
            : time;

    private void LogStep(SimulatedCall call, int step, string heard, string? path, string keys, DateTimeOffset at) => carrier.Witness.Add(new WitnessEntry(
        at, WitnessKind.Step, call.Resident, call.Attempt, call.Sid, path, carrier.Residents.Understood(call.Resident, heard), step,
        Chance.Hash(heard).ToString("x16", CultureInfo.InvariantCulture), keys));

    private void LogTurn(SimulatedCall call, Fetch fetch, int status, bool delivered) => carrier.Witness.Add(new WitnessEntry(
        carrier.Now, WitnessKind.Turn, call.Resident, call.Attempt, call.Sid, SimulatedCall.PathOf(fetch.Url), Step: call.Step, HttpStatus: status, Delivered: delivered));

    private static string TakeHeard(SimulatedCall call)
    {
        var heard = call.Heard.ToString();
        call.Heard.Clear();
        return heard;
    }

    /// <returns>Seconds that it takes to hear it.</returns>
    private async Task<double> HearAsync(SimulatedCall call, SoundVerb sound, string url, CancellationToken cancellation)
    {
        var once = 0.0;
        switch (sound)
        {
            case SayVerb say:
                call.Heard.Append(say.Text).Append('\n');
                once = SpeechSeconds(say.Text);
                break;
            case PlayVerb play:
                var address = Resolve(url, play.Url);
                call.Heard.Append(address).Append('\n');
                once = await AudioSecondsAsync(address, cancellation);
                break;
            case PauseVerb pause:
                once = pause.Seconds;
                break;
        }

        return sound.Loop == 0 && once > 0 ? double.PositiveInfinity : once * Math.Max(1, sound.Loop);
    }

    private double SpeechSeconds(string text)
    {
        var units = 0;
        foreach (var character in text)
            units += character >= '\u2E80' ? 3 : 1;
        return units / (3 * carrier.Options.CharactersPerSecond);
    }

    private async Task<double> AudioSecondsAsync(string address, CancellationToken cancellation)
    {
        if (_lengths.TryGetValue(address, out var known))
            return known;
        var file = await carrier.Webhooks.DownloadAsync(address, cancellation);
        return _lengths[address] = file is null ? 0 : Wav.Seconds(file) ?? carrier.Options.UnknownAudioSeconds;
    }

    /// <summary>An address as written in a document at <paramref name="current"/>; none: that document again.</summary>
    private static string Resolve(string current, string? written)
    {
        if (string.IsNullOrEmpty(written))
            return current;
        if (current.Length == 0 || written.Contains("://", StringComparison.Ordinal))
            return written;
        return Uri.TryCreate(current, UriKind.Absolute, out var from) && Uri.TryCreate(from, written, out var result) ? result.AbsoluteUri : written;
    }
}
