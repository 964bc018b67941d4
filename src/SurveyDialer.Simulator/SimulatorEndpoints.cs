using Microsoft.AspNetCore.Routing;
using SurveyDialer.Simulator.Api;

namespace SurveyDialer.Simulator;

/// <summary>Where the simulator's addresses are mapped.</summary>
public static class SimulatorEndpoints
{
    /// <summary>Maps Twilio's REST API under <c>/2010-04-01</c> and the simulator's own controls under <c>/simulator</c>.</summary>
    public static void MapCarrierSimulator(this IEndpointRouteBuilder routes, CarrierSimulator carrier)
    {
        new RestApi(carrier).Map(routes);
        new ControlApi(carrier).Map(routes);
    }
}
