// Totals and ranks for other shares of the scopes, as cati computes them: in whole numbers only.
const Exact = {
  // Least and greatest total of a company, in units of weighing.unit points.
  total(alternatives, weighing, share) {
    const worth = (end) => ([once, first, second]) =>
      once[end] * weighing.once +
      first[end] * share * weighing.first +
      second[end] * (100 - share) * weighing.second;
    return {
      low: Math.min(...alternatives.map(worth(0))),
      high: Math.max(...alternatives.map(worth(1))),
    };
  },

  // Best and worst competition rank of each total among all of them.
  ranks(totals) {
    const low = totals.map((total) => total.low).sort((a, b) => a - b);
    const high = totals.map((total) => total.high).sort((a, b) => a - b);
    // How many of the sorted numbers lie above this one.
    const above = (sorted, number) => {
      let from = 0, to = sorted.length;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (sorted[middle] <= number) from = middle + 1;
        else to = middle;
      }
      return sorted.length - from;
    };
    return totals.map((total) => ({
      best: 1 + above(low, total.high),
      worst: 1 + above(high, total.low) - (total.high > total.low ? 1 : 0),
    }));
  },

  // A total with its decimals, halves rounded up.
  text(total, weighing, decimals) {
    const [numerator, denominator] = weighing.unit;
    const rounded = (value) => {
      const twice = 2 * value * numerator * 10 ** decimals + denominator;
      const digits = String((twice - (twice % (2 * denominator))) / (2 * denominator));
      if (decimals === 0) return digits;
      const padded = digits.padStart(decimals + 1, "0");
      return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
    };
    return Exact.span(rounded(total.low), rounded(total.high));
  },

  span: (low, high) => (low === high ? low : `${low}\u2013${high}`),
};
