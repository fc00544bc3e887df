const DOMAIN = 'activities|filings|declarations|thresholds|alerts|verification|schedule|participants|taxonomy|users|exchange|analysis|proof|geo|messages|clarification|observation|timeline'

// Compute only: no database, no clock, no settings; what they import must be like them. Types vanish before anything runs and do not count.
const PURE = [
  '^lib/([^/]+)/(rules|rulebook|input|leaf|leaves|merkle|checkpoint|policy|canonical|diff|countries|words)\\.ts$',
  '^lib/observation/(figures|messages)\\.ts$',
  '^lib/log/(steps|encoding|note|sign|tiles|proof|receipt|witnessing|primitives(-node|-web)?)\\.ts$',
  '^lib/proof/package(-check)?\\.ts$',
  '^lib/filings/kinds/',
  '^lib/exchange/(cells|columns|declared-(cells|guide|heads|reading|sheets|table|words)|formats|guide|head|lines|problem-rows|quantities|reading|refusal|table|template-mark|words)\\.ts$',
  '^lib/thresholds/(?!queries|commands)',
  '^lib/geo/(?!queries)',
  '^lib/activities/(?!queries)',
  '^lib/shared/(errors|format)\\.ts$',
]
const PURE_PACKAGES = ['^node_modules/(zod|i18n-iso-countries|geographiclib-geodesic)/', '^(node:)?crypto$']
const DOORS = ['^lib/[^/]+/(queries|commands)\\.ts$', ...PURE]
const valuesOnly = { dependencyTypesNot: ['type-only'] }

const ENTRANCES = '^(app|scripts|bench)/|^(proxy|instrumentation|next\\.config|drizzle\\.config)\\.'
const SHIPPED = { path: '^(app|lib|scripts)/|^(proxy|instrumentation)\\.', pathNot: '\\.mjs$' }

const rule = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-circular', {}, { circular: true, viaOnly: valuesOnly }),
    rule('nothing-unresolved', {}, { couldNotResolve: true }),
    rule('no-undeclared-packages', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    rule('production-needs-no-dev-packages', SHIPPED, { dependencyTypes: ['npm-dev'], ...valuesOnly }),
    rule('no-dead-files', { path: ENTRANCES }, { path: '^(lib|app/ui)/', pathNot: '\\.css$', reachable: false }),
    rule('not-to-tests', SHIPPED, { path: '^(tests|e2e|bench)/' }),
    rule('lib-not-to-app', { path: '^lib/' }, { path: '^app/' }),

    rule('app-not-to-database', { path: '^app/' }, { path: '^lib/db/|^node_modules/(drizzle-orm|postgres|@electric-sql|pg-boss)/' }),
    rule('app-meets-lib-at-its-door', { path: '^app/' }, {
      path: '^lib/', pathNot: [...DOORS, '^lib/(api|auth|shared)/', '^lib/alerts/live\\.ts$'],
    }),
    rule('ui-knows-no-domain', { path: '^app/ui/' }, { path: `^lib/(${DOMAIN}|log|audit|auth|jobs)/|^app/(?!ui/)` }),
    rule('screens-do-not-import-screens', { path: '^app/\\(([^)]+)\\)/([^/]+)/' }, {
      path: '^app/\\([^)]+\\)/[^/]+/', pathNot: '^app/\\($1\\)/$2/',
    }),

    rule('pure-files-do-no-io', { path: PURE }, { pathNot: [...PURE, ...PURE_PACKAGES], ...valuesOnly }),
    rule('only-db-opens-connections', { path: '^(app|lib)/', pathNot: '^lib/db/' }, { path: '^node_modules/(postgres|@electric-sql)/' }),
    // Beside the doors: every command records events, a filing issues its alerts in its own transaction, the
    // log is written to and published by all; jobs do what others asked for, and the proof holds everything against everything.
    rule('modules-meet-at-four-files', { path: '^lib/([^/]+)/', pathNot: '^lib/(jobs|proof)/' }, {
      path: `^lib/(${DOMAIN}|log|audit)/`, pathNot: ['^lib/$1/', '^lib/audit/events\\.ts$', '^lib/(alerts|messages)/issue\\.ts$', '^lib/log/(append|publish|key|store|timing)\\.ts$', ...DOORS],
    }),
    rule('log-and-audit-know-no-domain', { path: '^lib/(log|audit)/' }, { path: `^lib/(${DOMAIN})/`, ...valuesOnly }),
  ],
  required: [
    {
      name: 'operations-are-guarded', severity: 'error',
      module: { path: `^lib/((${DOMAIN})/(queries|commands)|(log|audit)/queries)\\.ts$` },
      to: { path: '^lib/auth/guard\\.ts$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next[^/]*|\\.data|coverage|test-results|playwright-report|docs|public|data)/|^next-env\\.d\\.ts$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
