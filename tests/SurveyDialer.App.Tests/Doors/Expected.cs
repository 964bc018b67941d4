using SurveyDialer.App.Web;

namespace SurveyDialer.App.Tests.Doors;

/// <summary>One thing that can be asked of the pages, and who gets it.</summary>
/// <param name="Key">Method, route and handler, as the listener has them.</param>
/// <param name="Address">One that exists in the sample.</param>
/// <param name="Status">What those who may ask are answered; forms are asked without their token.</param>
internal sealed record Expected(string Key, string Address, VisitorKind[] Who, int Status)
{
    private static readonly VisitorKind[] Everybody = Enum.GetValues<VisitorKind>();
    private static readonly VisitorKind[] Inside = [VisitorKind.Staff, VisitorKind.Caller, VisitorKind.Supervisor, VisitorKind.Administrator];
    private static readonly VisitorKind[] Staff = [VisitorKind.Staff, VisitorKind.Administrator];
    private static readonly VisitorKind[] Callers = [VisitorKind.Caller, VisitorKind.Administrator];
    private static readonly VisitorKind[] Supervisors = [VisitorKind.Supervisor, VisitorKind.Administrator];
    private static readonly VisitorKind[] StaffAndCallers = [VisitorKind.Staff, VisitorKind.Caller, VisitorKind.Administrator];
    private static readonly VisitorKind[] StaffAndSupervisors = [VisitorKind.Staff, VisitorKind.Supervisor, VisitorKind.Administrator];
    private static readonly VisitorKind[] Administrator = [VisitorKind.Administrator];

    /// <summary>Everything that answers. What is added to the pages is added here, with a decision on who gets it.</summary>
    internal static IReadOnlyList<Expected> All { get; } =
    [
        Get("", "/", Everybody),
        Post(" Practice", "/", Staff),
        Post(" Stop", "/", Staff),
        Get("help/{topic?}", "/help", Everybody),
        Get("errors/{code:int}", "/errors/404", Everybody),
        new("POST errors/{code:int}", "/errors/404", Everybody, 200),
        Get("language/{language}", "/language/en", Everybody, 302),
        Get("assets/{version}/{name}", "/assets/0/site.css", Everybody, 404),
        Get("calculator", "/calculator", Inside),
        Get("live", "/live", Inside),
        Get("door", "/door", Everybody),
        Post("door Leave", "/door", Everybody),
        Get("door/{key}", "/door/no-key", Everybody, 302),
        Get("doors", "/doors", Administrator),
        Post("doors Make", "/doors", Administrator),
        Post("doors Revoke", "/doors", Administrator),

        Get("new-round/{id:long?}", "/new-round", Staff),
        Get("new-round/{id:long?} Progress", "/new-round", Staff),
        Get("new-round/{id:long?} Importing", "/new-round", Staff),
        Post("new-round/{id:long?} File", "/new-round/1", Staff),
        Post("new-round/{id:long?} Discard", "/new-round/1", Staff),
        Post("new-round/{id:long?} Columns", "/new-round/1", Staff),
        Post("new-round/{id:long?} Header", "/new-round/1", Staff),
        Post("new-round/{id:long?} Correct", "/new-round/1", Staff),
        Post("new-round/{id:long?} TakeBack", "/new-round/1", Staff),
        Post("new-round/{id:long?} Rejected", "/new-round/1", Staff),
        Post("new-round/{id:long?} Template", "/new-round/1", Staff),
        Post("new-round/{id:long?} Texts", "/new-round/1", Staff),
        Post("new-round/{id:long?} Sample", "/new-round/1", Staff),
        Post("new-round/{id:long?} Rehearse", "/new-round/1", Staff),
        Post("new-round/{id:long?} Stop", "/new-round/1", Staff),
        Post("new-round/{id:long?} Launch", "/new-round/1", Staff),

        Get("campaigns", "/campaigns", Staff),
        Get("campaigns/{id:long}", "/campaigns/1", Staff),
        Get("campaigns/{id:long} Progress", "/campaigns/1", Staff),
        Get("campaigns/{id:long}/notices", "/campaigns/1/notices", Staff),
        Post("campaigns/{id:long}/notices Document", "/campaigns/1/notices", Staff),
        Post("campaigns/{id:long} Pause", "/campaigns/1", Staff),
        Post("campaigns/{id:long} Resume", "/campaigns/1", Staff),
        Post("campaigns/{id:long} Close", "/campaigns/1", Staff),
        Post("campaigns/{id:long} Change", "/campaigns/1", Staff),
        Get("campaigns/{id:long}/respondents", "/campaigns/1/respondents", Staff),
        Get("campaigns/{id:long}/respondents/{respondent:long}", "/campaigns/1/respondents/8", Staff),
        Get("jobs", "/jobs", Staff),
        Post("jobs Run", "/jobs", Staff),

        Get("health", "/health", Staff),
        Get("health.json", "/health.json", Staff, 503),
        Post("health Backup", "/health", Staff),
        Post("health Keys", "/health", Staff),

        Get("dial-pad", "/dial-pad", StaffAndCallers),
        Get("dial-pad/walk", "/dial-pad/walk?template=short-keys&language=zh-CN&channel=Voice", StaffAndCallers),
        Get("dial-pad/walk Audio", "/dial-pad/walk?template=short-keys&sha256=0", StaffAndCallers, 404),
        Post("dial-pad/walk", "/dial-pad/walk", StaffAndCallers),

        Get("interview", "/interview", Callers),
        Post("interview Name", "/interview", Callers),
        Post("interview Leave", "/interview", Callers),
        Post("interview Next", "/interview", Callers),
        Post("interview Dial", "/interview", Callers),
        Post("interview Back", "/interview", Callers),
        Post("interview Turn", "/interview", Callers),
        Post("interview End", "/interview", Callers),
        Post("interview Urgent", "/interview", Callers),
        Get("interview/practice", "/interview/practice", Callers),
        Post("interview/practice Next", "/interview/practice", Callers),
        Post("interview/practice Dial", "/interview/practice", Callers),
        Post("interview/practice Back", "/interview/practice", Callers),
        Post("interview/practice Turn", "/interview/practice", Callers),
        Post("interview/practice End", "/interview/practice", Callers),
        Post("interview/practice Urgent", "/interview/practice", Callers),
        Get("cases", "/cases", Callers),
        Post("cases Results", "/cases", Callers),
        Post("cases List", "/cases", Callers),
        Get("cases/{id:long}", "/cases/2", Callers),
        Get("cases/{id:long} Sound", "/cases/1?recording=71", Callers),
        Post("cases/{id:long} Step", "/cases/2", Callers),
        Post("cases/{id:long} Number", "/cases/2", Callers),
        Post("cases/{id:long} Write", "/cases/1", Callers),
        Post("cases/{id:long} Unclear", "/cases/1", Callers),
        Get("cases/{id:long}/sheet", "/cases/2/sheet", Callers),
        Get("area-visits", "/area-visits", Callers),
        Get("area-visits/{id:long}", "/area-visits/1", Callers),
        Post("area-visits/{id:long} Visited", "/area-visits/1", Callers),
        Post("area-visits/{id:long} Answer", "/area-visits/1", Callers),
        Get("area-visits/{id:long}/sheet", "/area-visits/1/sheet", Callers),
        Get("area-visits/words", "/area-visits/words", Callers),
        Get("area-visits/words/{id:long}", "/area-visits/words/901", Callers),
        Get("area-visits/words/{id:long} Sound", "/area-visits/words/902", Callers),
        Post("area-visits/words/{id:long} Write", "/area-visits/words/901", Callers),
        Post("area-visits/words/{id:long} Discard", "/area-visits/words/901", Callers),

        Get("supervisor", "/supervisor", Supervisors),
        Get("who-rang", "/who-rang", StaffAndCallers),
        Post("who-rang Find", "/who-rang", StaffAndCallers),
        Post("who-rang Never", "/who-rang", StaffAndCallers),
        Post("who-rang Agree", "/who-rang", StaffAndCallers),
        Get("dangers", "/dangers", StaffAndSupervisors, 302),
        Get("dangers Now", "/dangers?shown=0", StaffAndSupervisors),
        Post("dangers Seen", "/dangers", StaffAndSupervisors),
        Get("supervisor/{id:long}", "/supervisor/1", Supervisors),
        Get("supervisor/{id:long} Progress", "/supervisor/1", Supervisors),
        Get("benchmarks", "/benchmarks", Supervisors),
        Post("benchmarks Save", "/benchmarks", Supervisors),
        Post("benchmarks Import", "/benchmarks", Supervisors),
        Post("benchmarks Delete", "/benchmarks", Supervisors),
        Post("benchmarks Target", "/benchmarks", Supervisors),
        Post("benchmarks DeleteTarget", "/benchmarks", Supervisors),
        Post("benchmarks Download", "/benchmarks", Supervisors),
        Get("results", "/results", Supervisors),
        Get("results/{id:long}", "/results/1", Supervisors),
        Get("results/{id:long}/index/{tag}", "/results/1/index/SAFE", Supervisors),
        Get("results/{id:long}/compare", "/results/1/compare", Supervisors),
        Get("results/{id:long}/quality", "/results/1/quality", Supervisors),
        Post("results/{id:long}/quality Check", "/results/1/quality", Supervisors),
        Get("results/{id:long}/settings", "/results/1/settings", Supervisors),
        Post("results/{id:long}/settings Round", "/results/1/settings", Supervisors),
        Post("results/{id:long}/settings Indices", "/results/1/settings", Supervisors),
        Post("results/{id:long}/settings Margins", "/results/1/settings", Supervisors),
        Post("results/{id:long}/settings MarginsFile", "/results/1/settings", Supervisors),
        Get("outcomes/{id:long}", "/outcomes/1", Supervisors),
        Post("outcomes/{id:long} Give", "/outcomes/1", Supervisors),
        Post("outcomes/{id:long} Estimate", "/outcomes/1", Supervisors),
        Get("reports/{id:long}", "/reports/1", Supervisors),
        Get("reports/{id:long}/residents", "/reports/1/residents", Supervisors),
        Get("exports", "/exports", Supervisors),
        Post("exports Download", "/exports", Supervisors),
        Get("exports/progress/{run}", "/exports/progress/00112233445566778899aabbccddeeff", Supervisors),

        // Asks for a key of its own, at this machine only: LocalApiTests.
        new("POST local/command", "/local/command", Everybody, 404),
    ];

    internal bool IsPost => Key.StartsWith("POST ", StringComparison.Ordinal);

    private static Expected Get(string route, string address, VisitorKind[] who, int status = 200) => new($"GET {route}", WithHandler(route, address), who, status);

    /// <summary>Without its token no form is taken.</summary>
    private static Expected Post(string route, string address, VisitorKind[] who) => new($"POST {route}", WithHandler(route, address), who, 400);

    private static string WithHandler(string route, string address)
        => route.Split(' ') is [_, var handler] ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}" : address;
}
