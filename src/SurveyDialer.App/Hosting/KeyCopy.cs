using SurveyDialer.People;
using SurveyDialer.Storage;

namespace SurveyDialer.App.Hosting;

/// <summary>The copy of the keys that is kept elsewhere: who took it stands in the audit log.</summary>
internal sealed class KeyCopy(Installation installation)
{
    /// <summary>The key file as it is.</summary>
    internal byte[] Read() => File.ReadAllBytes(installation.KeyPath);

    /// <summary>Notes that somebody has the copy.</summary>
    internal async Task TakenAsync(string who, CancellationToken cancellation)
    {
        await installation.Database.WriteAsync(
            connection => AuditLog.Add(connection, installation.Clock.NowMillis(), who, "keys-saved", "a copy of the key file was taken"), cancellation);
        installation.Keys.MarkSavedApart();
    }
}
