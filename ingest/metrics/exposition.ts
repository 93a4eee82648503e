import { type Metric, type OpenMetricsContentType, Registry } from 'prom-client';

/** The metrics of a registry as whoever asks wants them: OpenMetrics where `accept` names it, else Prometheus text. */
export async function exposition(
  registry: Registry,
  accept: string | undefined,
): Promise<{ contentType: string; text: string }> {
  if (!accept?.includes('application/openmetrics-text'))
    return { contentType: registry.contentType, text: await registry.metrics() };
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // They are the metrics themselves, whatever the declaration says.
  for (const metric of registry.getMetricsAsArray()) open.registerMetric(metric as unknown as Metric);
  return { contentType: open.contentType, text: await open.metrics() };
}
