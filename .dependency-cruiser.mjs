/**
 * The direction of imports between rooms, inner rooms, and circles; `npm run lint` holds it. A room's tests, what only
 * they use (`testing/`), and the browser harness may load whatever sets the scene.
 */
const ROOMS = {
  contract: [],
  warehouse: ['contract'],
  ingest: ['contract', 'warehouse'],
  models: ['contract', 'warehouse'],
  observe: ['contract', 'models', 'warehouse'],
  documents: ['contract', 'models', 'warehouse'],
  generator: [],
  dashboard: ['contract', 'documents', 'models', 'observe', 'warehouse'],
  operations: ['contract', 'warehouse', 'ingest', 'models', 'observe', 'generator', 'documents', 'dashboard'],
};
const SCENE = '(\\.test\\.ts$|/testing/|^dashboard/e2e/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `${room} imports only what it may`,
      severity: 'error',
      from: { path: `^${room}/`, pathNot: SCENE },
      to: {
        path: `^(${[...Object.keys(ROOMS), 'benchmarks'].join('|')})/`,
        pathNot: `^(${[room, ...allowed].join('|')})/`,
      },
    })),
    {
      name: 'no circles',
      severity: 'error',
      from: { pathNot: SCENE },
      // A type that two files share makes no circle when the program runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'migrations, engine and configuration are the warehouse’s own',
      severity: 'error',
      from: { pathNot: ['^warehouse/', '^operations/', '^benchmarks/', SCENE] },
      to: { path: '^warehouse/(engine|backup|migrations)/' },
    },
    {
      name: 'draws, assignments and statistics are pure: no warehouse',
      severity: 'error',
      from: { path: '^models/(draw|assignment|stats)/', pathNot: ['^models/draw/(sql|task)/', SCENE] },
      to: { path: '^warehouse/' },
    },
    {
      name: 'no import of what is not there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(node:ffi|ffi$|k6|\\$app|\\$lib|\\$env|#|\\./\\$types)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/build/|\\.svelte-kit/|/node_modules/(?!@hengjian))' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    progress: { type: 'none' },
  },
};
