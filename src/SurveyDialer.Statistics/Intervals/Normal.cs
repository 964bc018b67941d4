namespace SurveyDialer.Statistics.Intervals;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    private const double TwoOverRootPi = 1.1283791670955126;

    /// <summary>The z of a two-sided interval: Φ⁻¹(1 − (1 − confidence)/2); 1.959963984540054 for 0.95.</summary>
    /// <param name="confidence">Between 0 and 1, both exclusive.</param>
    public static double TwoSided(double confidence) => -Quantile((1 - confidence) / 2);

    /// <summary>Φ(x), the share below x.</summary>
    public static double Cdf(double x) => Erfc(-x / Math.Sqrt(2)) / 2;

    /// <summary>1 − Φ(x), without loss of digits far out.</summary>
    public static double UpperTail(double x) => Erfc(x / Math.Sqrt(2)) / 2;

    /// <summary>The chance of a value at least as far from 0 as z, on either side.</summary>
    public static double TwoSidedP(double z) => Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>Φ⁻¹(p); infinite at 0 and 1. Relative error about 1e-16.</summary>
    /// <remarks>M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">p is outside 0 to 1 or not a number.</exception>
    public static double Quantile(double p)
    {
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        if (p is 0 or 1) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var near = 0.180625 - (q * q);
            return q * Ratio(near, Central, CentralBelow);
        }

        var r = Math.Sqrt(-Math.Log(q < 0 ? p : 1 - p));
        var x = r <= 5 ? Ratio(r - 1.6, Middle, MiddleBelow) : Ratio(r - 5, Far, FarBelow);
        return q < 0 ? -x : x;
    }

    /// <summary>The complementary error function 2/√π ∫ₓ^∞ e^(−t²) dt.</summary>
    /// <remarks>Below 1.5 the series of positive terms e^(−x²) Σ 2ᵏx^(2k+1)/(2k+1)!!, above it the continued fraction
    /// of Abramowitz and Stegun 7.1.14 by Lentz's method: no table of coefficients to trust.</remarks>
    internal static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 0) return 2 - Erfc(-x);
        if (x > 27.3) return 0;
        if (x < 1.5)
        {
            double term = x, sum = x;
            for (var k = 1; term > sum * 1e-18; k++)
            {
                term *= 2 * x * x / ((2 * k) + 1);
                sum += term;
            }

            return 1 - (TwoOverRootPi * Math.Exp(-x * x) * sum);
        }

        // x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + ...)))), evaluated forwards.
        double f = x, c = x, d = 0;
        for (var k = 1; k < 500; k++)
        {
            var a = k / 2.0;
            d = 1 / (x + (a * d));
            c = x + (a / c);
            var step = c * d;
            f *= step;
            if (Math.Abs(step - 1) < 1e-16) break;
        }

        return Math.Exp(-x * x) / (f * Math.Sqrt(Math.PI));
    }

    private static double Ratio(double r, ReadOnlySpan<double> above, ReadOnlySpan<double> below)
    {
        double numerator = 0, denominator = 0;
        foreach (var coefficient in above) numerator = (numerator * r) + coefficient;
        foreach (var coefficient in below) denominator = (denominator * r) + coefficient;
        return numerator / denominator;
    }

    private static ReadOnlySpan<double> Central =>
    [
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
        1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0,
    ];

    private static ReadOnlySpan<double> CentralBelow =>
    [
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
        5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0,
    ];

    private static ReadOnlySpan<double> Middle =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
        3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0,
    ];

    private static ReadOnlySpan<double> MiddleBelow =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0,
    ];

    private static ReadOnlySpan<double> Far =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0,
    ];

    private static ReadOnlySpan<double> FarBelow =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0,
    ];
}
