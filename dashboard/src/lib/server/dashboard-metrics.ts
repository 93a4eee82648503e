import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The dashboard's own measures, in the Prometheus text format under /metrics. */
export class DashboardMetrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'hengjian_dashboard_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'] as const,
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });
  readonly denied = new Counter({
    name: 'hengjian_dashboard_denied_total',
    help: 'Requests refused by the access table, by status',
    labelNames: ['status'] as const,
    registers: [this.registry],
  });
  readonly listeners = new Gauge({
    name: 'hengjian_dashboard_update_listeners',
    help: 'Open connections that wait for updates',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
