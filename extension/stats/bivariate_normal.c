/*
 * bivariate_normal.c
 *		The bivariate normal distribution.
 *
 * Z. Drezner, G. O. Wesolowsky (1990), On the computation of the bivariate normal integral, Journal of Statistical Computation and
 * Simulation 35, 101-107, as made accurate for correlations near -1 and 1 by A. Genz (2004), Numerical computation of rectangular
 * bivariate and trivariate normal and t probabilities, Statistics and Computing 14, 251-260, section 2.
 */
#include "stats/bivariate_normal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Gauss-Legendre, 20 points: the positive nodes and their weights (Abramowitz and Stegun, table 25.4). */
#define HALF 10
static const double node[HALF] = {
	0.99312859918509492479, 0.96397192727791379127, 0.91223442825132590587, 0.83911697182221882339, 0.74633190646015079261,
	0.63605368072651502545, 0.510867001950827098, 0.37370608871541956067, 0.22778585114164507808, 0.076526521133497333755
};
static const double weight[HALF] = {
	0.017614007139152118312, 0.040601429800386941331, 0.06267204833410906357, 0.083276741576704748725, 0.10193011981724043504,
	0.11819453196151841731, 0.1316886384491766269, 0.14209610931838205133, 0.14917298647260374679, 0.1527533871307258507
};

/* Integrates the derivative by the correlation, from 0 to rho, in theta = asin(rho): Genz, equation 3. */
static double
from_independence(double h, double k, double rho)
{
	double		angle = asin(rho),
				squares = (h * h + k * k) / 2,
				sum = 0;

	for (int i = 0; i < HALF; i++)
		for (int sign = -1; sign <= 1; sign += 2)
		{
			double		s = sin(angle * (1 + sign * node[i]) / 2);

			sum += weight[i] * exp((s * h * k - squares) / (1 - s * s));
		}
	return sum * angle / (4 * M_PI) + gsl_cdf_ugaussian_Q(h) * gsl_cdf_ugaussian_Q(k);
}

/*
 * Integrates from rho to 1, in x = sqrt(1 - r^2); the first terms of the integrand's series are integrated in closed form and the rest
 * numerically: Genz, equation 6.  For rho < 0, k has been turned over.
 */
static double
from_one(double h, double k, double rho)
{
	double		hk = h * k,
				square = (1 - fabs(rho)) * (1 + fabs(rho)),
				a = sqrt(square),
				apart = (h - k) * (h - k),
				c = (4 - hk) / 8,
				d = (12 - hk) / 16,
				e = -(apart / square + hk) / 2,
				sum = 0;

	if (e > -700)
		sum = a * exp(e) * (1 - c * (apart - square) * (1 - d * apart / 5) / 3 + c * d * square * square / 5);
	if (hk > -700)
	{
		double		b = fabs(h - k);

		sum -= exp(-hk / 2) * sqrt(2 * M_PI) * gsl_cdf_ugaussian_P(-b / a) * b * (1 - c * apart * (1 - d * apart / 5) / 3);
	}
	for (int i = 0; i < HALF; i++)
		for (int sign = -1; sign <= 1; sign += 2)
		{
			double		x = a / 2 * (1 + sign * node[i]),
						x2 = x * x,
						r = sqrt(1 - x2);

			e = -(apart / x2 + hk) / 2;
			if (e > -700)
				sum += a / 2 * weight[i] * exp(e) * (exp(-hk * x2 / (2 * (1 + r) * (1 + r))) / r - (1 + c * x2 * (1 + d * x2)));
		}
	return -sum / (2 * M_PI);
}

double
bivariate_normal_cdf(double a, double b, double rho)
{
	double		h = -a,
				k = -b,
				p;

	if (isnan(a) || isnan(b) || !(fabs(rho) <= 1))
		return NAN;
	/* P(X > h, Y > k) from here on */
	if (isinf(h) || isinf(k))
		return h > 0 && isinf(h) ? 0 : k > 0 && isinf(k) ? 0 : isinf(h) ? gsl_cdf_ugaussian_Q(k) : gsl_cdf_ugaussian_Q(h);
	if (fabs(rho) < 0.925)
		p = from_independence(h, k, rho);
	else
	{
		double		turned = rho < 0 ? -k : k;

		p = fabs(rho) < 1 ? from_one(h, turned, rho) : 0;
		if (rho > 0)
			p += gsl_cdf_ugaussian_Q(fmax(h, k));
		else
		{
			/* P(X > h, -Y < -k) = P(h < X < -k) less what from_one gives */
			p = -p;
			if (turned > h)
				p += h < 0 ? gsl_cdf_ugaussian_P(turned) - gsl_cdf_ugaussian_P(h) : gsl_cdf_ugaussian_Q(h) - gsl_cdf_ugaussian_Q(turned);
		}
	}
	return fmax(0, fmin(1, p));
}

double
normal_between(double u0, double u1)
{
	return fmax(0, u0 > 0 ? gsl_cdf_ugaussian_Q(u0) - gsl_cdf_ugaussian_Q(u1) : gsl_cdf_ugaussian_P(u1) - gsl_cdf_ugaussian_P(u0));
}

/* A rectangle as the integral of phi(x) P(b0 < Y <= b1 | x), whose integrand is log-concave. */
typedef struct Slice
{
	double		b0;
	double		b1;
	double		rho;
	double		s;
} Slice;

static double
slice(const Slice *t, double x)
{
	return exp(-x * x / 2) * normal_between((t->b0 - t->rho * x) / t->s, (t->b1 - t->rho * x) / t->s);
}

/* Where the integrand has fallen to a negligible share of its peak, between the peak and the far end. */
static double
fallen(const Slice *t, double peak, double end, double enough)
{
	double		near = peak;

	if (slice(t, end) >= enough)
		return end;
	for (int i = 0; i < 60; i++)
	{
		double		x = (near + end) / 2;

		if (slice(t, x) >= enough)
			near = x;
		else
			end = x;
	}
	return end;
}

static double
small_rectangle(double a0, double a1, double b0, double b1, double rho)
{
	const double golden = 0.6180339887498949;
	const int	panels = 8;
	Slice		t = {b0, b1, rho, sqrt((1 - rho) * (1 + rho))};
	const double first = fmax(a0, -38),
				last = fmin(a1, 38);
	double		low = first,
				high = last,
				best = first,
				peak = 0,
				sum = 0;

	if (!(low < high))
		return 0;
	/* where there is something at all: a grid, then the peak around its best point */
	for (int i = 0; i <= 200; i++)
	{
		double		x = first + (last - first) * i / 200,
					f = slice(&t, x);

		if (f > peak)
		{
			peak = f;
			best = x;
		}
	}
	if (peak == 0)
		return 0;
	low = fmax(first, best - (last - first) / 200);
	high = fmin(last, best + (last - first) / 200);
	for (int i = 0; i < 40; i++)
	{
		double		x = high - golden * (high - low),
					y = low + golden * (high - low),
					fx = slice(&t, x),
					fy = slice(&t, y);

		if (fmax(fx, fy) > peak)
		{
			peak = fmax(fx, fy);
			best = fx > fy ? x : y;
		}
		if (fx > fy)
			high = y;
		else
			low = x;
	}
	low = fallen(&t, best, first, peak * 1e-17);
	high = fallen(&t, best, last, peak * 1e-17);
	for (int p = 0; p < panels; p++)
		for (int i = 0; i < HALF; i++)
			for (int sign = -1; sign <= 1; sign += 2)
				sum += weight[i] * slice(&t, low + (high - low) * (p + (1 + sign * node[i]) / 2) / panels);
	return sum * (high - low) / (2 * panels) / sqrt(2 * M_PI);
}

double
bivariate_normal_rectangle(double a0, double a1, double b0, double b1, double rho)
{
	/* turned into the quadrant where the distribution function is smallest */
	double		x0 = a0 > 0 ? -a1 : a0,
				x1 = a0 > 0 ? -a0 : a1,
				y0 = b0 > 0 ? -b1 : b0,
				y1 = b0 > 0 ? -b0 : b1,
				r = (a0 > 0) == (b0 > 0) ? rho : -rho;
	double		p = bivariate_normal_cdf(x1, y1, r) - bivariate_normal_cdf(x0, y1, r) - bivariate_normal_cdf(x1, y0, r) + bivariate_normal_cdf(x0, y0, r);

	if (p < 1e-6)
		p = small_rectangle(x0, x1, y0, y1, r);
	return p < 1e-300 ? 0 : p;
}

double
bivariate_normal_density(double a, double b, double rho)
{
	double		square = (1 - rho) * (1 + rho);

	if (isinf(a) || isinf(b))
		return 0;
	return exp(-((a - rho * b) * (a - rho * b) / square + b * b) / 2) / (2 * M_PI * sqrt(square));
}
