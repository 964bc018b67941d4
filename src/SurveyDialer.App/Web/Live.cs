using Microsoft.Extensions.Options;
using SurveyDialer.Campaigns;

namespace SurveyDialer.App.Web;

/// <summary>Tells open pages that something has changed (server-sent events); they then fetch their own fragment in their own language.</summary>
internal sealed class Live(CampaignQueries campaigns, IPageAccess access, IOptions<SurveyPagesOptions> options, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly TimeProvider clock = options.Value.WallClock!;
    private readonly TimeSpan interval = options.Value.LiveInterval;

    public async Task Stream(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        try
        {
            await Follow(context, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The visitor has left or the server stops: the browser connects again by itself.
        }
    }

    /// <summary>Until the visitor leaves, or may no longer look: a door that is closed ends what was open through it.</summary>
    private async Task Follow(HttpContext context, CancellationToken cancellation)
    {
        var response = context.Response;
        var seen = "";
        var spoke = clock.GetTimestamp();
        while (!cancellation.IsCancellationRequested && (await access.FindAsync(context)).Has(PageRight.Inside))
        {
            var now = campaigns.LastChange();
            var line = now != seen ? $"id: {now}\nevent: changed\ndata: {now}\n\n" : clock.GetElapsedTime(spoke) > KeepAlive ? ": still here\n\n" : null;
            if (line is not null)
            {
                seen = now;
                spoke = clock.GetTimestamp();
                await response.WriteAsync(line, cancellation);
                await response.Body.FlushAsync(cancellation);
            }

            await Task.Delay(interval, clock, cancellation);
        }
    }
}
