using SurveyDialer.Calls;
using SurveyDialer.Storage;

namespace SurveyDialer.Fieldwork;

/// <summary>
/// Blanks the bodies of texts at the carrier once they are stored here or have done their part, incoming and outgoing. What the carrier will
/// not blank yet, since it is still on its way, is tried again at the next run.
/// </summary>
internal sealed class TextRedaction(Database database, ICarrier carrier)
{
    private const int RowsPerLook = 100;

    internal async Task RunAsync(CancellationToken cancellation)
    {
        for (var after = ""; ;)
        {
            var received = database.Read(connection => MessageStore.ReceivedToRedact(connection, after, RowsPerLook));
            foreach (var carrierId in received)
            {
                if (await carrier.RedactTextAsync(carrierId, cancellation))
                    await database.WriteAsync(connection => MessageStore.ReceivedRedacted(connection, carrierId), cancellation, WriteUrgency.Background);
                after = carrierId;
            }

            if (received.Count < RowsPerLook) break;
        }

        for (var after = 0L; ;)
        {
            var sent = database.Read(connection => MessageStore.ToRedact(connection, after, RowsPerLook));
            foreach (var message in sent)
            {
                if (await carrier.RedactTextAsync(message.CarrierId!, cancellation))
                    await database.WriteAsync(connection => MessageStore.Redacted(connection, message.Id), cancellation, WriteUrgency.Background);
                after = message.Id;
            }

            if (sent.Count < RowsPerLook) break;
        }
    }
}
