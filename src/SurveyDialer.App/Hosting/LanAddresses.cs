using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace SurveyDialer.App.Hosting;

/// <summary>How other machines on the same network address this one.</summary>
internal static class LanAddresses
{
    /// <summary>Private IPv4 addresses of this machine; a public one has to be named in the settings, so that nobody serves the internet by mistake.</summary>
    internal static IReadOnlyList<IPAddress> OfThisMachine()
        => [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address).Where(IsPrivate).Distinct()];

    /// <summary>10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.</summary>
    internal static bool IsPrivate(IPAddress address)
        => address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..];
}
