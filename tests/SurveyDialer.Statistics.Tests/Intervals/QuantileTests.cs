using SurveyDialer.Statistics.Intervals;

namespace SurveyDialer.Statistics.Tests.Intervals;

/// <summary>Expected values printed by R 4.2.2 with 17 digits: qnorm, pnorm, qbeta, qt.</summary>
public sealed class QuantileTests
{
    [Theory]
    [InlineData(1e-300, -37.04709629936120052)]
    [InlineData(1e-10, -6.36134090240405570)]
    [InlineData(0.001, -3.09023230616781319)]
    [InlineData(0.3, -0.52440051270804067)]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    public void Normal_quantile_has_its_known_value(double p, double expected) => Near(expected, Normal.Quantile(p), 1e-15);

    [Theory]
    [InlineData(-10, 7.6198530241605269e-24)]
    [InlineData(-2, 2.2750131948179212e-02)]
    [InlineData(-1.4, 8.0756659233771053e-02)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 6.9146246127401301e-01)]
    public void Normal_distribution_has_its_known_value(double x, double expected)
    {
        Near(expected, Normal.Cdf(x), 1e-14);
        Near(expected, Normal.UpperTail(-x), 1e-14);
    }

    [Fact]
    public void Quantile_and_distribution_undo_each_other()
    {
        for (var p = 1e-12; p < 1; p = p < 0.01 ? p * 3 : p + 0.0137) Near(p, Normal.Cdf(Normal.Quantile(p)), 1e-13);
        Assert.Equal(0, Normal.Cdf(double.NegativeInfinity));
        Assert.Equal(1, Normal.Cdf(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void What_is_no_probability_has_no_quantile(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));

    [Theory]
    [InlineData(0.025, 24, 5, 0.67334733068420471)]
    [InlineData(0.975, 25, 4, 0.95966436920290865)]
    [InlineData(0.025, 500000, 500000, 0.49902001870387463)]
    public void Beta_quantile_has_its_known_value(double p, double a, double b, double expected) => Near(expected, BetaDistribution.Quantile(p, a, b), 1e-12);

    [Fact]
    public void Beta_quantile_and_distribution_undo_each_other()
    {
        double[] shapes = [0.5, 1, 3, 27.4, 940, 1e6, 1e9];
        var looked = 0;
        foreach (var a in shapes)
        {
            foreach (var b in shapes)
            {
                foreach (var p in new[] { 1e-6, 0.025, 0.5, 0.9, 0.9999 })
                {
                    var x = BetaDistribution.Quantile(p, a, b);
                    if (x is <= 1e-300 or > 0.9999) continue;
                    Near(p, BetaDistribution.Cdf(x, a, b), 1e-7);
                    looked++;
                }
            }
        }

        Assert.True(looked > 150, $"only {looked} looked at");
    }

    [Theory]
    [InlineData(1, 12.7062047361746941)]
    [InlineData(2, 4.3026527297494619)]
    [InlineData(197, 1.9720790337785010)]
    public void Student_t_has_its_known_value(double degrees, double expected) => Near(expected, StudentT.TwoSided(0.95, degrees), 1e-12);

    private static void Near(double expected, double actual, double relative) =>
        Assert.True(Math.Abs(actual - expected) <= Math.Max(relative * Math.Abs(expected), 1e-300), $"expected {expected:R}, got {actual:R}");
}
