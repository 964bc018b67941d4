using System.Text.Json;
using SurveyDialer.App.Hosting;
using SurveyDialer.Sample;

namespace SurveyDialer.App.Commands.Local;

/// <summary>The shape of an imported list for a rehearsal in another process.</summary>
internal sealed class SketchWork(OpenInstallation office, AnswerSheet sheet)
{
    internal LocalAnswer Run(long frameId)
        => FrameSketcher.Of(office.Database, [frameId]) is { } sketch
            ? sheet.End(ExitCodes.Done, JsonSerializer.Serialize(sketch, LocalJson.Plain.FrameSketch))
            : sheet.Refuse(ExitCodes.WrongUse, Exists(frameId) ? "frame_nobody" : "frame_unknown", frameId, Lists());

    private bool Exists(long frameId) => new FrameQueries(office.Database).Find(frameId) is not null;

    private string Lists() => string.Join("、", new FrameQueries(office.Database).All().Select(frame => $"{frame.Id} {frame.Name}"));
}
