using SurveyDialer.Calls;

namespace SurveyDialer.Twilio.Rest;

/// <summary>What a 4xx answer to a create means. Codes from Twilio's error catalogue; all other codes are unknown and end up as our bug, loudly.</summary>
internal static class ErrorCodes
{
    /// <summary>The refusal that a code stands for; null for a code that is not in the table.</summary>
    internal static Rejection? Meaning(int code) => code switch
    {
        // No To, invalid To, unreachable, block-listed, invalid, not E.164, unsupported, blocked, and the two of texts.
        21201 or 21211 or 21214 or 21216 or 21217 or 13223 or 13224 or 13225 or 21604 or 21612 => Rejection.BadNumber,
        21614 => Rejection.NotMobile,
        21610 => Rejection.OptedOut,

        // International or geographic permission of the account.
        21203 or 21215 or 13227 or 32205 or 21408 => Rejection.RegionNotAllowed,

        // Authentication, account, addresses and sender.
        20003 or 20005 or 20006 or 20404 or 21205 or 21609 or 21626 or 21210 or 21212 or 21213 or 21218 => Rejection.Configuration,
        21603 or 21606 or 21703 or 21704 => Rejection.Configuration,

        // A trial account reaches verified numbers only: every respondent would be refused until the account is upgraded.
        21219 or 21608 => Rejection.Configuration,
        20001 or 21206 or 21208 or 21209 or 32018 or 21602 or 21617 => Rejection.BadRequest,
        _ => null,
    };

    /// <summary>Codes with the promise that nothing was processed: too many requests, too many concurrent, sender's queue full, too many replies.</summary>
    internal static bool NothingProcessed(int status, int code) => status == 429 || code is 20429 or 20422 or 21611 or 14107;

    /// <summary>A 4xx without a code that we know, from the carrier or from something in between.</summary>
    internal static Rejection ByStatus(int status) => status switch
    {
        401 or 402 or 403 or 404 or 405 or 407 or 410 => Rejection.Configuration,
        _ => Rejection.BadRequest,
    };
}
