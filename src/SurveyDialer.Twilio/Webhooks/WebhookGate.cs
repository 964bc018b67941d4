using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace SurveyDialer.Twilio.Webhooks;

/// <summary>Lets in what the carrier signed and nothing else: size first, then the form, then the signature.</summary>
internal sealed class WebhookGate(TwilioOptions options, KnownFields known, ILogger logger)
{
    private readonly SignatureCheck _signature = new(options);

    /// <summary>The form of a signed request. Null: the request has been answered with 400, 403 or 413.</summary>
    internal async ValueTask<WebhookForm?> OpenAsync(HttpContext context, string endpoint, bool voice)
    {
        var (buffer, length, status) = await ReadAsync(context.Request);
        if (buffer is null) return await TurnAwayAsync(context, endpoint, status);
        var form = WebhookForm.Parse(buffer, length);
        if (form is null) return await TurnAwayAsync(context, endpoint, StatusCodes.Status400BadRequest);
        var header = context.Request.Headers["X-Twilio-Signature"];
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!_signature.Accepts(header.Count == 1 ? header[0] : null, target, form, voice))
        {
            form.Dispose();
            return await TurnAwayAsync(context, endpoint, StatusCodes.Status403Forbidden);
        }

        known.Check(form, logger);
        return form;
    }

    private async ValueTask<WebhookForm?> TurnAwayAsync(HttpContext context, string endpoint, int status)
    {
        if (status == StatusCodes.Status403Forbidden) TwilioLog.ForgedRequest(logger, endpoint);
        else TwilioLog.MalformedRequest(logger, endpoint, status);
        if (context.RequestAborted.IsCancellationRequested) return null;
        await WebhookAnswer.PlainAsync(context, status);
        return null;
    }

    private static async ValueTask<(byte[]? Buffer, int Length, int Status)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > WebhookForm.MostBytes) return (null, 0, StatusCodes.Status413PayloadTooLarge);
        try
        {
            while (true)
            {
                ReadResult read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                if (read.Buffer.Length > WebhookForm.MostBytes)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (null, 0, StatusCodes.Status413PayloadTooLarge);
                }

                if (read.IsCompleted)
                {
                    var length = (int)read.Buffer.Length;
                    var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
                    read.Buffer.CopyTo(buffer);
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (buffer, length, 0);
                }

                request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (null, 0, e.StatusCode);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return (null, 0, StatusCodes.Status400BadRequest); // The sender is gone before the end of its form.
        }
    }
}
