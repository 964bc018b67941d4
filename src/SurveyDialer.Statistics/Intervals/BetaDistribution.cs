namespace SurveyDialer.Statistics.Intervals;

/// <summary>The beta distribution, for exact binomial limits and Student's t.</summary>
public static class BetaDistribution
{
    /// <summary>The regularised incomplete beta function Iₓ(a, b).</summary>
    /// <remarks>Continued fraction (Abramowitz and Stegun 26.5.8) by Lentz's method; the factor before it by
    /// C. Loader's saddle-point form (Fast and accurate computation of binomial probabilities, 2000), which keeps its digits at large n.</remarks>
    /// <param name="x">0 to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Cdf(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        return x < (a + 1) / (a + b + 2) ? Front(x, a, b) * Fraction(x, a, b) / a : 1 - (Front(x, a, b) * Fraction(1 - x, b, a) / b);
    }

    /// <summary>The x with Iₓ(a, b) = p.</summary>
    /// <remarks>Newton's method, held inside a shrinking bracket.</remarks>
    /// <param name="p">0 to 1.</param>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static double Quantile(double p, double a, double b)
    {
        if (p <= 0) return 0;
        if (p >= 1) return 1;
        double low = 0, high = 1, x = a / (a + b);
        for (var round = 0; round < 400; round++)
        {
            var error = Cdf(x, a, b) - p;
            if (error == 0) return x;
            if (error < 0) low = x;
            else high = x;
            var density = Front(x, a, b) / (x * (1 - x));
            var next = x - (error / density);
            if (!(next > low && next < high)) next = low == 0 && high < 1e-3 ? high / 16 : (low + high) / 2;
            if (Math.Abs(next - x) <= 2e-16 * x || next == 0) return next;
            x = next;
        }

        return x;
    }

    // xᵃ(1−x)ᵇ / B(a, b)
    private static double Front(double x, double a, double b)
    {
        var n = a + b;
        var exponent = StirlingError(n) - StirlingError(a) - StirlingError(b) - Deviance(a, n * x) - Deviance(b, n * (1 - x));
        return Math.Sqrt(a * b / (2 * Math.PI * n)) * Math.Exp(exponent);
    }

    private static double Fraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
        var f = d;
        for (var m = 1; m < 2_000_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            Step(even, ref c, ref d);
            f *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + (2.0 * m) + 1));
            Step(odd, ref c, ref d);
            f *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16) break;
        }

        return f;

        static void Step(double term, ref double c, ref double d)
        {
            d = 1 + (term * d);
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = 1 + (term / c);
            if (Math.Abs(c) < Tiny) c = Tiny;
        }
    }

    // ln Γ(z+1) − (z+½) ln z + z − ½ ln 2π: what Stirling's formula misses.
    private static double StirlingError(double z)
    {
        double shifted = 0;
        for (; z < 16; z++) shifted += ((z + 0.5) * Math.Log((z + 1) / z)) - 1;
        var s = 1 / (z * z);
        return shifted + (((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (s / 1188)) * s)) * s)) * s)) / z);
    }

    // a ln(a/m) + m − a, also where a and m are close.
    private static double Deviance(double a, double m)
    {
        if (Math.Abs(a - m) >= 0.1 * (a + m)) return (a * Math.Log(a / m)) + m - a;
        var v = (a - m) / (a + m);
        double sum = (a - m) * v, term = 2 * a * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum) break;
            sum = next;
        }

        return sum;
    }
}
