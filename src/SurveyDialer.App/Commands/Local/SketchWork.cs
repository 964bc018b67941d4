using System.Text.Json;
using SurveyDialer.App.Hosting;

namespace SurveyDialer.App.Commands.Local;

/// <summary>The shape of an imported list for a rehearsal in another process.</summary>
internal sealed class SketchWork(OpenInstallation office, AnswerSheet sheet)
{
    internal LocalAnswer Run(long frameId)
        => FrameSketcher.Of(office.Database, [frameId]) is { } sketch
            ? sheet.End(ExitCodes.Done, JsonSerializer.Serialize(sketch, LocalJson.Plain.FrameSketch))
            : sheet.Refuse(ExitCodes.WrongUse, "frame_unknown", frameId, "–");
}
