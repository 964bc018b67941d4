using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using SurveyDialer.Questionnaires;

namespace SurveyDialer.App.Pages.DialPad;

/// <summary>Where a walk stands. Protected on its way through the browser: only what this server wrote is read back.</summary>
/// <param name="Landline">As if a landline had been called.</param>
/// <param name="Position">As the engine writes it; null before the first turn.</param>
internal sealed record WalkTicket(string Template, string Language, Channel Channel, bool Landline, ulong Draw, string? Position)
{
    private const char Separator = '\n';

    public string Write(IDataProtector protector) => protector.Protect(string.Join(Separator, Template, Language, Channel, Landline, Draw, Position));

    /// <summary>Null when it was not written by this server, or before its keys were changed.</summary>
    public static WalkTicket? Read(IDataProtector protector, string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            var parts = protector.Unprotect(text).Split(Separator);
            return new WalkTicket(parts[0], parts[1], Enum.Parse<Channel>(parts[2]), bool.Parse(parts[3]), ulong.Parse(parts[4]), parts[5]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
