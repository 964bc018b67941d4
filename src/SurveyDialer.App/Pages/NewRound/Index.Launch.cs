using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SurveyDialer.App.Commands;
using SurveyDialer.App.Hosting;
using SurveyDialer.App.Web;

namespace SurveyDialer.App.Pages.NewRound;

/// <content>The fifth step: rehearsal and launch.</content>
internal sealed partial class IndexModel
{
    private const int DefaultLines = 2;

    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(300);

    /// <summary>A rehearsal that goes on, or has just ended without an outcome; null when there is none.</summary>
    public RehearsalState? Rehearsing { get; private set; }

    public RehearsalOutcome? Outcome { get; private set; }

    public int Lines => Plan.Lines ?? DefaultLines;

    /// <summary>What the calls of the rehearsal cost at the price that was said; null without a price.</summary>
    public decimal? Cost => Plan.Price * Outcome?.BilledMinutes;

    /// <summary>People in the sample.</summary>
    public long People => Lists.Where(list => Plan.Frames.Contains(list.Id)).Sum(list => list.People);

    public async Task<IActionResult> OnPostRehearseAsync(long id, int? lines, decimal? price, int? target)
    {
        if (!Load(id)) return NotFound();
        if (imports.Going(id) is not null) return Redirect($"/new-round/{id}?step=2");
        var calls = Math.Clamp(lines ?? DefaultLines, 1, 200);
        var wanted = target is > 0 ? target : null;
        await desk.ChangeAsync(id, plan => plan with { Lines = calls, Price = price is >= 0 and < 1000 ? price : null, Target = wanted, Rehearsal = null }, Who);
        Load(id);
        desk.Rehearse(Draft!, calls, Who, reason => T["Rehearsal_Failed", reason]);
        return Redirect($"{StepAddress(Steps)}#rehearsal");
    }

    public async Task<IActionResult> OnPostStopAsync(long id)
    {
        if (!Load(id)) return NotFound();
        await rehearsals.StopAsync(id);
        Done = T["Rehearsal_Stopped"];
        return Redirect($"{StepAddress(Steps)}#rehearsal");
    }

    /// <summary>How far the rehearsal is, as server-sent events, until it is over.</summary>
    public Task<IActionResult> OnGetProgressAsync(long id, CancellationToken cancellation)
        => FollowAsync(() => rehearsals.Find(id) is { Over: false } state ? (state.Percent, "") : null, cancellation);

    public async Task<IActionResult> OnPostLaunchAsync(long id)
    {
        if (imports.Going(id) is not null) return Redirect($"/new-round/{id}?step=2");
        var end = await desk.LaunchAsync(id, Who);
        if (end.CampaignId is { } campaign)
        {
            Done = T["Launched", Show.Count(end.Respondents)];
            return Redirect($"/campaigns/{campaign}");
        }

        if (!Load(id)) return NotFound();
        NotDone = T["NotLaunched", end.Missing.Count];
        return Redirect($"{StepAddress(Steps)}#missing");
    }

    private void LoadRehearsal()
    {
        Outcome = RoundDesk.Rehearsed(Plan);
        Rehearsing = Outcome is null ? rehearsals.Find(Draft!.Id) : null;
    }

    /// <param name="look">How far the work is, in per cent and in words; null when it is over.</param>
    private async Task<IActionResult> FollowAsync(Func<(int Percent, string Words)?> look, CancellationToken cancellation)
    {
        var stopping = HttpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        Response.ContentType = "text/event-stream";
        try
        {
            while (look() is var (percent, words))
            {
                await Tell("progress", percent.ToString(CultureInfo.InvariantCulture), ended.Token);
                if (words.Length > 0) await Tell("words", words, ended.Token);
                await Task.Delay(BetweenEvents, options.Value.WallClock!, ended.Token);
            }

            await Tell("over", "100", ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The visitor has left or the server stops.
        }

        return new EmptyResult();
    }

    private async Task Tell(string what, string data, CancellationToken cancellation)
    {
        await Response.WriteAsync($"event: {what}\ndata: {data}\n\n", cancellation);
        await Response.Body.FlushAsync(cancellation);
    }
}
