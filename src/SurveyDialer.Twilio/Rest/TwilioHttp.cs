using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace SurveyDialer.Twilio.Rest;

/// <summary>
/// Requests to the carrier. A create is sent once, within a time-out and behind the circuit breaker; a request that may be repeated is
/// repeated twice after short pauses. Time-outs and pauses run on the system's clock, since requests in flight hold a virtual one; the
/// breaker follows the product's clock, so that it closes again in a rehearsal.
/// </summary>
internal sealed class TwilioHttp : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<Exchange> _once;
    private readonly ResiliencePipeline<Exchange> _repeatable;

    internal TwilioHttp(TwilioOptions options, TimeProvider clock, ILogger logger, HttpMessageHandler? handler)
    {
        _clock = clock;
        Root = new Uri(options.BaseAddress.OriginalString.TrimEnd('/') + "/");
        _client = new HttpClient(handler ?? DefaultHandler(options), disposeHandler: handler is null)
        {
            // Polly's time-out ends a request earlier; this one only catches its absence.
            Timeout = TimeSpan.FromSeconds(options.RequestSeconds + 5),
            MaxResponseContentBufferSize = 64 * 1024 * 1024,
        };
        _client.DefaultRequestHeaders.Authorization = options.Authorization;
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("SurveyDialer", "1"));
        var guarded = Guarded(options, clock, logger);
        _once = guarded;
        _repeatable = new ResiliencePipelineBuilder<Exchange>()
            .AddRetry(new RetryStrategyOptions<Exchange>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsTransient: true }),
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(100),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddPipeline(guarded)
            .Build();
    }

    /// <summary>The carrier's address, ending in a slash.</summary>
    internal Uri Root { get; }

    /// <summary>Sends a create: once. Never throws; a cancelled one is lost or not sent like any other.</summary>
    internal Task<Exchange> CreateAsync(string path, IEnumerable<(string Name, string Value)> fields, CancellationToken cancellation) =>
        RunAsync(_once, HttpMethod.Post, new Uri(Root, path), [.. fields], cancellation);

    /// <summary>Sends a request that does no harm when it arrives twice.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    internal async Task<Exchange> RepeatableAsync(HttpMethod method, Uri address, (string Name, string Value)[]? fields, CancellationToken cancellation)
    {
        var exchange = await RunAsync(_repeatable, method, address, fields, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return exchange;
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler DefaultHandler(TwilioOptions options) => new()
    {
        AllowAutoRedirect = false, // A followed redirect would repeat a create, and could carry the token elsewhere.
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),

        // A connection that the carrier closes just as we write makes a create unclear: let idle ones go early.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static ResiliencePipeline<Exchange> Guarded(TwilioOptions options, TimeProvider clock, ILogger logger)
    {
        var breaker = new ResiliencePipelineBuilder<Exchange> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Exchange>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { IsOutage: true }),
                FailureRatio = 0.5,
                MinimumThroughput = 8,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
                OnOpened = args =>
                {
                    TwilioLog.Suspended(logger, args.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    TwilioLog.Resumed(logger);
                    return default;
                },
            })
            .Build();
        return new ResiliencePipelineBuilder<Exchange>()
            .AddPipeline(breaker)
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(options.RequestSeconds) })
            .Build();
    }

    private async Task<Exchange> RunAsync(
        ResiliencePipeline<Exchange> pipeline, HttpMethod method, Uri address, (string Name, string Value)[]? fields, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await SendAsync(method, address, fields, token), cancellation);
        }
        catch (BrokenCircuitException e)
        {
            return new Exchange(ExchangeKind.Suspended, 0, [], e.RetryAfter ?? TimeSpan.FromSeconds(15), "requests suspended after repeated failures");
        }
        catch (OperationCanceledException)
        {
            // Only the pipeline throws it, before it begins: what fails in flight is a result.
            return new Exchange(ExchangeKind.NothingSent, 0, [], null, "cancelled before sending");
        }
    }

    private async Task<Exchange> SendAsync(HttpMethod method, Uri address, (string Name, string Value)[]? fields, CancellationToken token)
    {
        using var request = new HttpRequestMessage(method, address);
        var form = fields is null ? null : new FormBody(fields);
        request.Content = form;
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, token);
            var body = await response.Content.ReadAsByteArrayAsync(token);
            return new Exchange(ExchangeKind.Answered, (int)response.StatusCode, body, WaitAsked(response), $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            var reason = e is HttpRequestException http ? http.HttpRequestError.ToString() : "time-out or cancellation";
            return form is { Begun: true }
                ? new Exchange(ExchangeKind.Lost, 0, [], null, "no answer: " + reason)
                : new Exchange(ExchangeKind.NothingSent, 0, [], null, "not sent: " + reason);
        }
    }

    private TimeSpan? WaitAsked(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - _clock.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }
}
