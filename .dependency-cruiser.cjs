const rooms = '^(cdk|functions|layers|local|models|test|web)/'
const tests = '\\.test\\.tsx?$'
const testTools = '(^|/)node_modules/(vitest|fast-check)/'
const corePackages = '(^|/)node_modules/(zod|temporal-polyfill)/'
// An AWS package that is not installed keeps the bare name it is imported by.
const awsPackages = '(^|/)(@aws-sdk|@aws-lambda-powertools|@aws-cdk|aws-cdk-lib|constructs|aws-sdk|cdk-nag)(/|$)'
const awsEventTypes = '(^|/)(@types/)?aws-lambda(/|$)'

/** Files in `from` may import these paths of ours; a test beside them also test/. Packages are the other rules' business. */
const mayImport = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: rooms, pathNot: [...allowed, '^test/'] },
})

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core decides and touches nothing: it imports core, zod and temporal-polyfill, no node: module either',
      from: { path: '^layers/core/', pathNot: tests },
      to: { pathNot: ['^layers/core/', corePackages] },
    },
    {
      name: 'core-tests-are-pure',
      severity: 'error',
      comment: 'a test in core imports what core may, vitest, fast-check and test/',
      from: { path: `^layers/core/.*${tests}` },
      to: { pathNot: ['^layers/core/', '^test/', corePackages, testTools] },
    },
    {
      name: 'layers-import-core-only',
      severity: 'error',
      comment: 'adapters and runtime meet in functions and local; between themselves they share the ports in core',
      from: { path: '^layers/(?!core/)([^/]+)/', pathNot: tests },
      to: { path: rooms, pathNot: ['^layers/(core|$1)/'] },
    },
    mayImport(
      'layer-tests-import-layers',
      `^layers/(?!core/).*${tests}`,
      ['^layers/'],
      'a test of a layer may set up another layer, and nothing above the layers',
    ),
    mayImport(
      'functions-import-layers-and-models',
      '^functions/([^/]+)/',
      ['^layers/(core|adapters|runtime)/', '^models/', '^functions/$1/', '^functions/(manifest\\.ts$|workflows/)'],
      'a function wires core, adapters, runtime and models, and may read what is declared; it is deployed alone, so never another function',
    ),
    mayImport(
      'manifest-is-data',
      '^functions/[^/]+$',
      ['^layers/(core|adapters|runtime)/', '^models/', '^functions/[^/]+$'],
      'the manifest names functions by folder and imports none: cdk and local read it without running one',
    ),
    mayImport(
      'models-import-core',
      '^models/',
      ['^layers/core/', '^models/'],
      'models learn and score from core alone',
    ),
    mayImport(
      'web-imports-shapes',
      '^web/',
      ['^layers/core/(events|metrics|api)/', '^layers/core/access/rights\\.ts$', '^web/'],
      'the dashboard shares shapes with the engine (core/events, core/metrics, core/api, the names of rights) and nothing that decides',
    ),
    mayImport(
      'cdk-imports-core-and-manifest',
      '^cdk/',
      ['^layers/core/', '^functions/manifest\\.ts$', '^cdk/'],
      'cdk builds from the manifest and names functions by entry path, so that synth runs none of them',
    ),
    mayImport(
      'local-imports-no-cdk-no-web',
      '^local/',
      ['^layers/', '^functions/', '^models/', '^local/'],
      'the embedded host runs without the deployment code and serves the dashboard as built files',
    ),
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'test helpers and tests never reach the product',
      from: { pathNot: ['^test/', tests] },
      to: { path: ['^test/', tests] },
    },
    {
      name: 'aws-at-the-edge',
      severity: 'error',
      comment:
        'the program is the same without AWS: only adapters/aws, runtime and cdk name an AWS package, and the tests of what is deployed',
      from: { pathNot: '^(layers/adapters/aws|layers/runtime|cdk|test/cloud)/' },
      to: { path: awsPackages },
    },
    {
      name: 'aws-event-shapes',
      severity: 'error',
      comment: 'the AWS event types belong where events arrive: functions, local, their tests, and the AWS edge',
      from: { pathNot: '^(layers/adapters/aws|layers/runtime|cdk|functions|local|test)/' },
      to: { path: awsEventTypes },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'an event walks forward only; a circle of type imports is a circle too',
      from: {},
      to: { circular: true },
    },
    {
      name: 'declared-packages-only',
      severity: 'error',
      comment: 'a package that package.json does not list is there by chance',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
    {
      name: 'no-development-packages-in-the-product',
      severity: 'error',
      comment:
        'devDependencies serve tests and builds; what runs is listed in dependencies (types may come from either)',
      from: { path: rooms, pathNot: ['^(test|cdk)/', '^local/bin/', '^web/[^/]+$', tests] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      comment: 'an import that cannot be found is an edge that no rule above can judge',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^(web|cdk)/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    skipAnalysisNotInRules: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'require'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
