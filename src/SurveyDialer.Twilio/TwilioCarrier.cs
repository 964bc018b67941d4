using System.Globalization;
using Microsoft.Extensions.Logging;
using SurveyDialer.Calls;
using SurveyDialer.Twilio.Rest;

namespace SurveyDialer.Twilio;

/// <summary>
/// The carrier by Twilio's REST protocol (version 2010-04-01), at any address. A create is sent exactly once and never waits inside: where
/// nothing was processed the caller is told how long to leave the carrier alone. Everything else may be repeated and is, twice, after
/// short pauses; when that does not help it throws <see cref="HttpRequestException"/> saying what was being done.
/// </summary>
public sealed class TwilioCarrier : ICarrier, IDisposable
{
    private readonly TwilioOptions _options;
    private readonly CarrierAddresses _addresses;
    private readonly TwilioHttp _http;
    private readonly TwilioLookup _lookup;
    private readonly BackOff _backOff;
    private readonly ILogger _logger;
    private readonly string _account;

    /// <param name="options">Checked by <see cref="TwilioOptionsCheck"/> before; read once.</param>
    /// <param name="clock">The product's clock. Time-outs of requests stay on the system's.</param>
    /// <param name="logger">Never gets a number or a text.</param>
    /// <param name="handler">Null for the network. One that is given stays the caller's to dispose, and must not follow redirects or repeat requests.</param>
    public TwilioCarrier(TwilioOptions options, TimeProvider clock, ILogger<TwilioCarrier> logger, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _addresses = new CarrierAddresses(options.PublicAddress ?? throw new ArgumentException("The public address is not set.", nameof(options)));
        _logger = logger;
        _account = options.AccountPath;
        _backOff = new BackOff(clock);
        _http = new TwilioHttp(options, clock, logger, handler);
        _lookup = new TwilioLookup(_http, _account, logger);
    }

    /// <inheritdoc/>
    public async Task<PlaceOutcome> PlaceCallAsync(CallOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        var token = order.Token;
        List<(string, string)> fields =
        [
            ("To", order.To),
            ("From", _options.CallerNumber),
            ("Url", _addresses.Voice(token)),
            ("Method", "POST"),
            ("FallbackUrl", _addresses.Sorry(token)),
            ("FallbackMethod", "POST"),
            ("StatusCallback", _addresses.Status(token)),
            ("StatusCallbackMethod", "POST"),
            ("StatusCallbackEvent", "initiated"),
            ("StatusCallbackEvent", "ringing"),
            ("StatusCallbackEvent", "answered"),
            ("StatusCallbackEvent", "completed"),
            ("Timeout", Text(order.RingSeconds)),
            ("TimeLimit", Text(order.MaximumSeconds)),
        ];
        if (order.DetectMachines)
        {
            // Asynchronous: a person would otherwise hear about four seconds of silence until the verdict.
            fields.Add(("MachineDetection", "Enable"));
            fields.Add(("AsyncAmd", "true"));
            fields.Add(("AsyncAmdStatusCallback", _addresses.Machine(token)));
            fields.Add(("AsyncAmdStatusCallbackMethod", "POST"));
        }

        var exchange = await _http.CreateAsync(_account + "Calls.json", fields, cancellation);
        var call = exchange.IsSuccess ? exchange.Read(TwilioJson.Default.CallResource) : null;
        return Outcome("a call", token, exchange, call?.Sid, call?.QueueTime);
    }

    /// <inheritdoc/>
    public async Task<PlaceOutcome> SendTextAsync(TextOrder order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (string.IsNullOrEmpty(_options.TextSenderNumber))
            return new PlaceOutcome.Rejected(Rejection.Configuration, 21603, TwilioTexts.Get("NoTextSender", CultureInfo.CurrentUICulture));
        (string, string)[] fields =
        [
            ("To", order.To),
            ("From", _options.TextSenderNumber),
            ("Body", order.Body),
            ("StatusCallback", _addresses.TextStatus(order.Token)),
        ];
        var exchange = await _http.CreateAsync(_account + "Messages.json", fields, cancellation);
        var message = exchange.IsSuccess ? exchange.Read(TwilioJson.Default.MessageResource) : null;
        return Outcome("a text", order.Token, exchange, message?.Sid, null);
    }

    /// <inheritdoc/>
    public Task<CarrierCall?> FollowCallAsync(string carrierId, CancellationToken cancellation) => _lookup.CallAsync(carrierId, cancellation);

    /// <inheritdoc/>
    public Task<CarrierText?> FollowTextAsync(string carrierId, CancellationToken cancellation) => _lookup.TextAsync(carrierId, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CarrierCall>> FindCallsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation) =>
        _lookup.CallsAsync(to, _options.CallerNumber, createdFrom, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CarrierText>> FindTextsAsync(string to, DateTimeOffset createdFrom, CancellationToken cancellation) =>
        _lookup.TextsAsync(to, _options.TextSenderNumber, createdFrom, cancellation);

    /// <inheritdoc/>
    public async Task<CarrierCall?> CancelCallAsync(string carrierId, bool evenInProgress, CancellationToken cancellation)
    {
        // "canceled" reaches queued and ringing calls only; "completed" ends a call at any stage.
        (string, string)[] fields = [("Status", evenInProgress ? "completed" : "canceled")];
        var exchange = await _http.RepeatableAsync(HttpMethod.Post, Address($"Calls/{Uri.EscapeDataString(carrierId)}.json"), fields, cancellation);
        if (exchange.IsMissing) return null;
        if (exchange.IsSuccess && exchange.Read(TwilioJson.Default.CallResource) is { Sid: not null } call) return _lookup.ToCall(call, DateTimeOffset.UnixEpoch);

        // Refused because it is over or already in progress (21220), or an answer that says nothing: what became of it is the call's to tell.
        if (exchange.IsSuccess || exchange.Status is 400 or 409) return await FollowCallAsync(carrierId, cancellation);
        throw TwilioLookup.Failure("Ending a call", exchange);
    }

    /// <inheritdoc/>
    public async Task<bool> RedactTextAsync(string carrierId, CancellationToken cancellation)
    {
        var exchange = await _http.RepeatableAsync(HttpMethod.Post, Address($"Messages/{Uri.EscapeDataString(carrierId)}.json"), [("Body", "")], cancellation);
        if (exchange.IsMissing) return true;
        if (exchange.IsSuccess) return exchange.Read(TwilioJson.Default.MessageResource) is { Sid: not null, Body: null or "" };
        if (exchange.Status is 400 or 409) return false; // Not yet delivered: it cannot be blanked now.
        throw TwilioLookup.Failure("Blanking a text", exchange);
    }

    /// <summary>Deletes a text at the carrier. True when it is gone, also when it was gone before; false while it may not be deleted yet.</summary>
    public Task<bool> DeleteTextAsync(string carrierId, CancellationToken cancellation) =>
        DeleteAsync("Deleting a text", $"Messages/{Uri.EscapeDataString(carrierId)}.json", cancellation);

    /// <inheritdoc/>
    public async Task<byte[]?> FetchRecordingAsync(string recordingId, CancellationToken cancellation)
    {
        var exchange = await _http.RepeatableAsync(HttpMethod.Get, Address($"Recordings/{Uri.EscapeDataString(recordingId)}.wav"), null, cancellation);
        if (exchange.Status == 404) return null; // Media come from a store whose 404 need not be the carrier's JSON; asking again later costs nothing.
        return exchange.IsSuccess && exchange.Body.AsSpan().StartsWith("RIFF"u8) ? exchange.Body : throw TwilioLookup.Failure("Fetching a recording", exchange);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteRecordingAsync(string recordingId, CancellationToken cancellation) =>
        DeleteAsync("Deleting a recording", $"Recordings/{Uri.EscapeDataString(recordingId)}.json", cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<bool> DeleteAsync(string what, string path, CancellationToken cancellation)
    {
        var exchange = await _http.RepeatableAsync(HttpMethod.Delete, Address(path), null, cancellation);
        if (exchange.IsSuccess || exchange.IsMissing) return true;
        if (exchange.Status is 400 or 409) return false;
        throw TwilioLookup.Failure(what, exchange);
    }

    private PlaceOutcome Outcome(string what, string token, Exchange exchange, string? sid, string? queueTime)
    {
        if (exchange is { Kind: ExchangeKind.Answered, Status: 200 or 201 } && !string.IsNullOrEmpty(sid))
        {
            _backOff.Succeeded();
            return new PlaceOutcome.Accepted(sid, TimeSpan.FromMilliseconds(TwilioLookup.Number(queueTime) ?? 0));
        }

        if (exchange is { Kind: ExchangeKind.Answered, Status: >= 400 and < 500 and not 408 }) return Refusal(what, token, exchange);
        if (exchange.Kind is ExchangeKind.NothingSent or ExchangeKind.Suspended) return NotProcessed(what, token, exchange);
        TwilioLog.PlaceUnclear(_logger, what, exchange.Reason);
        return new PlaceOutcome.Unclear(exchange.Reason);
    }

    private PlaceOutcome Refusal(string what, string token, Exchange exchange)
    {
        var error = exchange.Read(TwilioJson.Default.ErrorResource);
        var code = (int)(TwilioLookup.Number(error?.Code) ?? 0);
        if (ErrorCodes.NothingProcessed(exchange.Status, code)) return NotProcessed(what, token, exchange);
        _backOff.Succeeded();
        var why = ErrorCodes.Meaning(code);
        if (why is null) TwilioLog.UnknownErrorCode(_logger, code, exchange.Status);
        else TwilioLog.PlaceRefused(_logger, what, code, exchange.Status);
        return new PlaceOutcome.Rejected(why ?? ErrorCodes.ByStatus(exchange.Status), code, error?.Message ?? exchange.Reason);
    }

    private PlaceOutcome.NotProcessed NotProcessed(string what, string token, Exchange exchange)
    {
        var wait = _backOff.Next(token, exchange.Wait);
        TwilioLog.PlaceNotProcessed(_logger, what, exchange.Reason, wait.TotalSeconds);
        return new PlaceOutcome.NotProcessed(exchange.Reason, wait);
    }

    private Uri Address(string path) => new(_http.Root, _account + path);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
