/** When a person is told. One place; docs/operate/watching.md, “Alerts”, explains the rules with these figures. */
export const alertThresholds = {
  source_silent: {
    /** Days from which the habit is read. */
    habitDays: 28,
    /** No habit is spoken of below this many hours with arrivals, on this many days. */
    minHours: 20,
    minDays: 5,
    /** The pause that is still usual: this quantile of the pauses, times this. */
    quantile: 0.99,
    timesHabit: 1.5,
    /** Usual hours below which no silence is worth a word. */
    minUsualHours: 1,
  },
  rejects_above_share: {
    windowMinutes: 60,
    minEvents: 20,
    share: 0.01,
    /** Standard deviations: the share is surely above (Wilson score interval, 95 %). */
    z: 1.96,
  },
  lag: {
    /** Growth is judged over so long, with at least so many looks. */
    windowMinutes: 10,
    minLooks: 8,
    /** Records below which growth does not matter. */
    minRecords: 1_000,
    /** Standing still for so long is more than a slow insert. */
    stuckSeconds: 120,
    /** The brokers are asked every 15 seconds. */
    unknownSeconds: 180,
  },
} as const;
