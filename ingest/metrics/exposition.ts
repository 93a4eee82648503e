import { type MetricObject, type MetricObjectWithValues, type OpenMetricsContentType, Registry } from 'prom-client';

/** The metrics of a registry as whoever asks wants them: OpenMetrics where `accept` names it, else Prometheus text. */
export async function exposition(
  registry: Registry,
  accept: string | undefined,
): Promise<{ contentType: string; text: string }> {
  if (!accept?.includes('application/openmetrics-text'))
    return { contentType: registry.contentType, text: await registry.metrics() };
  const open = new Registry<OpenMetricsContentType>();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  // prom-client takes `_total` off the name of each counter that it writes as OpenMetrics, for good: it is given copies,
  // else every counter would have another name in the Prometheus text from then on.
  for (const metric of registry.getMetricsAsArray()) open.registerMetric(copyOf(metric as unknown as Read) as never);
  return { contentType: open.contentType, text: await open.metrics() };
}

/** What a registry calls of a metric; the declaration says less than that. */
interface Read extends MetricObject {
  get(): Promise<MetricObjectWithValues<never>>;
  getForPromString?(): Promise<MetricObjectWithValues<never>>;
}

const copyOf = (metric: Read) => {
  const copy = {
    name: metric.name,
    type: metric.type,
    /** Under the name that the copy has by now. */
    async get() {
      return { ...(await (metric.getForPromString?.() ?? metric.get())), name: copy.name };
    },
  };
  return copy;
};
