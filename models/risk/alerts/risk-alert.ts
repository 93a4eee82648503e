/** What an alert of risk or of inspection says: the shape of `data` of the product's own `risk.alert_raised`. */

/** `findings`: share of inspections that found something; `visits`: a subject that all departments together visit too often. */
export const ALERT_TOPICS = ['findings', 'complaints', 'abnormal', 'visits'] as const;
export type AlertTopic = (typeof ALERT_TOPICS)[number];

/** `limit`: more than a number that is set. */
export const ALERT_CHARTS = ['funnel', 'ewma', 'cusum', 'limit'] as const;
export type AlertChart = (typeof ALERT_CHARTS)[number];

/** Source of the product's own alerts. */
export const ALERT_SOURCE = '/hengjian/alerts';

/** A month as the chart has it. */
export interface AlertPoint {
  /** YYYY-MM */
  month: string;
  /** Inspections; 0 for topics that count events. */
  n: number;
  /** Those that found something, or events. */
  count: number;
  /** A share (funnel), standard deviations (ewma, cusum); null in a month without inspections. */
  value: number | null;
  lower: number | null;
  upper: number | null;
}

export interface AlertVisit {
  /** YYYY-MM-DD */
  day: string;
  unit: string;
  task: string;
}

export interface RiskAlertData {
  /** Made of what it is about, so that one thing is raised once. */
  alert_id: string;
  topic: AlertTopic;
  chart: AlertChart;
  direction: 'high' | 'low';
  /** The month that is judged, YYYY-MM. */
  month: string;
  /** '' where it is about an industry. */
  area: string;
  /** Section letter of GB/T 4754, '' where it is about an area. */
  industry: string;
  n: number;
  count: number;
  /** What the chart expects: a share, events a month, or visits in twelve months. */
  target: number;
  value: number;
  lower: number | null;
  upper: number | null;
  /** The last months, latest last; of `visits` none. */
  series: AlertPoint[];
  visits: AlertVisit[];
}

export interface FoundAlert extends RiskAlertData {
  /** USCC where it is about one subject. */
  subject: string;
}
