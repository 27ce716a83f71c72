/** Figures of this process, in the text format of Prometheus. No label ever comes from a request. */

type Served = { count: number; seconds: number };
export type Figures = {
  /** Counts a request by its route as in the contract. */
  readonly count: (method: string, route: string, status: number, seconds: number) => void;
  readonly served: () => readonly {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly count: number;
    readonly seconds: number;
  }[];
};

/** Starts counting. */
export function createFigures(): Figures {
  const byKey = new Map<string, Served & { readonly method: string; readonly route: string; readonly status: number }>();
  return {
    count: (method, route, status, seconds) => {
      const key = `${method} ${route} ${status}`;
      const before = byKey.get(key) ?? { method, route, status, count: 0, seconds: 0 };
      byKey.set(key, { ...before, count: before.count + 1, seconds: before.seconds + seconds });
    },
    served: () => [...byKey.values()],
  };
}

/** Writes the figures down (Prometheus text exposition format 0.0.4). */
export function renderFigures(figures: Figures): string {
  const served = figures.served();
  const memory = process.memoryUsage().rss;
  const label = ({ method, route, status }: (typeof served)[number]) => `{method="${method}",route="${route}",status="${status}"}`;
  return [
    ...metric(
      'leadline_http_requests_total',
      'counter',
      'Requests answered.',
      served.map((row) => `${label(row)} ${row.count}`),
    ),
    ...metric(
      'leadline_http_request_seconds_total',
      'counter',
      'Time spent on them.',
      served.map((row) => `${label(row)} ${row.seconds.toFixed(6)}`),
    ),
    ...metric('process_resident_memory_bytes', 'gauge', 'Memory in use.', [` ${memory}`]),
    ...metric('process_uptime_seconds', 'gauge', 'Time since the start.', [` ${process.uptime().toFixed(3)}`]),
    '',
  ].join('\n');
}

function metric(name: string, type: 'counter' | 'gauge', help: string, values: readonly string[]): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values.map((value) => `${name}${value}`)];
}
