import { type Html, html, prose, words } from './html.ts'
import { kindOf, linkToShape, renderShape, row, type Schema, shapeNameOf, table } from './render-schema.ts'

type Example = { readonly summary: string; readonly value: unknown }
type Media = {
  readonly schema: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, Example>>
}
type Response = {
  readonly $ref?: string
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string }>>
  readonly content?: Readonly<Record<string, Media>>
}
type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
  readonly example?: unknown
}
type Operation = {
  readonly operationId: string
  readonly tags?: readonly string[]
  readonly summary: string
  readonly description: string
  readonly security?: readonly unknown[]
  readonly 'x-right'?: string
  readonly 'x-limits'?: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly description?: string
    readonly content: Readonly<Record<string, Media>>
  }
  readonly responses: Readonly<Record<string, Response>>
}
type OpenApi = {
  readonly info: { readonly description: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly responses: Readonly<Record<string, Response>>
  }
}
type Message = {
  readonly name: string
  readonly summary: string
  readonly payload: Schema
  readonly examples: readonly { readonly summary: string; readonly payload: unknown }[]
}
type AsyncApi = {
  readonly info: { readonly description: string }
  readonly channels: Readonly<
    Record<
      string,
      {
        readonly title: string
        readonly address: string
        readonly summary: string
        readonly description: string
        readonly 'x-right': string
      }
    >
  >
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly action: 'send' | 'receive'
        readonly summary: string
        readonly messages: readonly { readonly $ref: string }[]
      }
    >
  >
  readonly components: {
    readonly messages: Readonly<Record<string, Message>>
    readonly schemas: Readonly<Record<string, Schema>>
  }
}

type Shapes = Readonly<Record<string, Schema>>
type Route = { readonly method: string; readonly path: string; readonly operation: Operation }

/** Where examples are sent; the page's script puts the page's own address in its place. */
const HERE = 'http://127.0.0.1:4310'

/** One page for people of both documents: whole without its script, and with nothing from elsewhere. */
export function renderPage(apiDocument: object, liveDocument: object): string {
  const api = apiDocument as OpenApi
  const live = liveDocument as AsyncApi
  const routes = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Route => ({ method: method.toUpperCase(), path, operation })),
  )
  const sections = api.tags.map(({ name, description }) => ({
    name,
    description,
    routes: routes.filter(({ operation }) => operation.tags?.includes(name)),
  }))
  const shapes = { ...live.components.schemas, ...api.components.schemas }
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Counterflow API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/page.css">
<script src="/docs/page.js"></script>
</head>
<body>
<a class="skip" href="#content">To the routes</a>
<header class="bar">
<strong>Counterflow <span>API</span></strong>
<input type="search" id="search" placeholder="Search routes, messages, fields" aria-label="Search routes, messages and fields" autocomplete="off" hidden>
<span id="count" class="dim" role="status"></span>
<nav class="files" aria-label="For programs"><a href="/openapi.json">openapi.json</a> <a href="/asyncapi.json">asyncapi.json</a></nav>
<button type="button" id="theme" hidden>Dark</button>
</header>
<div class="columns">
<nav class="contents" aria-label="Contents">
<details open><summary>Contents</summary>
${sections.map(
  ({ name, routes: own }) => html`<section><h2><a href="#${anchorOf(name)}">${name}</a></h2><ul>
${own.map(({ method, path, operation }) => html`<li data-of="${operation.operationId}"><a href="#${operation.operationId}">${methodMark(method)}<span>${broken(path)}</span></a></li>`)}
</ul></section>`,
)}
<section><h2><a href="#live">As it happens</a></h2><ul>${Object.values(live.channels).map(({ title }) => html`<li data-of="ws"><a href="#ws">${methodMark('WS')}<span>${title.replace('WS ', '')}</span></a></li>`)}</ul></section>
<section><h2><a href="#refusals">Refusals</a></h2></section>
<section><h2><a href="#shapes">Shapes</a></h2></section>
</details>
</nav>
<main id="content">
<section class="lead">
<h1>Ask, send, listen</h1>
${prose(api.info.description)}
${exampleBlock('Begin here', `export TOKEN=$(npx counterflow token create)\ncurl -sS -H "authorization: Bearer $TOKEN" ${HERE}/metrics`)}
<nav class="files" aria-label="For programs"><a href="/openapi.json">openapi.json</a> <a href="/asyncapi.json">asyncapi.json</a></nav>
<p class="dim keys"><kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> go from route to route.</p>
</section>
${sections.map((section) => html`<section class="group" id="${anchorOf(section.name)}"><h2>${section.name}</h2><p class="dim">${words(section.description)}</p>${section.routes.map((route) => renderRoute(route, shapes))}</section>`)}
<section class="group" id="live"><h2>As it happens</h2>${prose(live.info.description)}${Object.values(live.channels).map((channel) => renderChannel(channel, live))}</section>
<section class="group" id="refusals"><h2>Refusals</h2><p class="dim">Problem documents, the same for every route.</p>${Object.entries(api.components.responses).map(([name, response]) => renderRefusal(name, response))}</section>
<section class="group" id="shapes"><h2>Shapes</h2><p class="dim">What bodies, answers and messages are made of.</p>${Object.entries(shapes).map(([name, schema]) => html`<article class="shape" id="shape-${name}" tabindex="-1"><h3>${name}</h3>${schema.description === undefined ? '' : prose(schema.description)}${renderShape(schema)}</article>`)}</section>
<p id="none" class="dim" hidden>Nothing here is called that. <button type="button" id="clear">Show everything</button></p>
</main>
</div>
</body>
</html>
`.text
}

function renderRoute({ method, path, operation }: Route, shapes: Shapes): Html {
  const { operationId, summary, parameters, requestBody, responses } = operation
  const right = operation['x-right']
  const limits = operation['x-limits']
  const isOpen = operation.security?.length === 0
  const refused = Object.entries(responses).filter(([, { $ref }]) => $ref !== undefined)
  const answered = Object.entries(responses).filter(([, { $ref }]) => $ref === undefined)
  const need = right === undefined ? (isOpen ? 'no token' : 'a token') : right
  return html`<article class="route" id="${operationId}" tabindex="-1">
<h3>${methodMark(method)}<code>${broken(path)}</code><span class="need${right === undefined && isOpen ? ' open' : ''}" title="${operation.description.split('\n\n')[0]!}">needs ${need}</span></h3>
<p>${words(summary)}</p>
${limits && html`<p class="dim">${words(limits)}</p>`}
${parameters.length === 0 ? '' : html`<h4>Takes</h4>${table(parameters.map(renderParameter))}`}
${requestBody && html`<h4>Body${requestBody.required ? '' : html` <span class="dim">may be left out</span>`}</h4>${renderBody(requestBody, shapes)}`}
${exampleBlock('Ask', curlOf(method, path, operation))}
<h4>Answers</h4>
${answered.map(([status, response]) => renderAnswer(status, response))}
${refused.length > 0 ? html`<p class="refused">Refused with ${refused.map(([status], i) => html`${i === 0 ? '' : ' '}<a href="#refusal-${status}">${status}</a>`)}</p>` : ''}
</article>`
}

function renderParameter({ name, in: place, description, required, schema }: Parameter): Html {
  const described = description === undefined ? schema : { ...schema, description }
  return row(html`${name}`, described, required !== true, `in the ${place}`)
}

function renderBody({ description, content }: NonNullable<Operation['requestBody']>, shapes: Shapes): Html {
  const { schema } = Object.values(content)[0]!
  if (schema.$ref === undefined) return html`${description && prose(description)}`
  const name = shapeNameOf(schema.$ref)
  return html`<p>${linkToShape(name)}, as JSON.</p><details><summary class="caption">Its fields</summary>${renderShape(shapes[name]!)}</details>`
}

function renderAnswer(status: string, { description, headers = {}, content = {} }: Response): Html {
  const medias = Object.entries(content)
  const names = Object.entries(headers)
  return html`<div class="answer"><p><strong>${status}</strong> ${words(description)} ${medias.map(([type, { schema }]) => html`<span class="dim">${schema.$ref === undefined ? type : kindOf(schema)}</span> `)}</p>
${names.length === 0 ? '' : html`<p class="dim">${names.map(([name, it]) => html`<code>${name}</code> ${words(it.description)} `)}</p>`}
${medias.flatMap(([, { examples = {} }]) => Object.values(examples).map(({ summary, value }) => exampleBlock(`To ${summary}`, JSON.stringify(value, null, 2))))}</div>`
}

function renderChannel(channel: AsyncApi['channels'][string], live: AsyncApi): Html {
  const { messages } = live.components
  return html`<article class="route" id="ws" tabindex="-1"><h3>${methodMark('WS')}<code>${channel.address}</code><span class="need">needs ${channel['x-right']}</span></h3>
<p>${words(channel.summary)} ${words(channel.description)}</p>
${Object.values(live.operations).map(
  ({ summary, messages: refs }) =>
    html`<h4>${summary}</h4>${refs.map(({ $ref }) => renderMessage(messages[shapeNameOf($ref)]!))}`,
)}</article>`
}

const renderMessage = ({ name, summary, payload, examples }: Message): Html =>
  html`<div class="answer" id="message-${name}"><p><strong>${name}</strong> ${words(summary)} <span class="dim">${kindOf(payload)}</span></p>${examples.map((it) => exampleBlock(it.summary, JSON.stringify(it.payload, null, 2)))}</div>`

function renderRefusal(name: string, { description, content = {}, headers = {} }: Response): Html {
  const status = name.replace('Refusal', '')
  const later = Object.keys(headers).map(
    (header) => html` <span class="dim"><code>${header}</code> says how many seconds.</span>`,
  )
  return html`<article class="refusal" id="refusal-${status}" tabindex="-1"><h3>${status}</h3><p>${words(description)}${later}</p>${Object.values(content).map(({ example }) => exampleBlock(`Answer ${status}`, JSON.stringify(example, null, 2)))}</article>`
}

const TALL_LINES = 16

/** Text to copy. What is tall is folded, so that the page stays one to read. */
function exampleBlock(title: string, text: string): Html {
  const lines = text.split('\n').length
  const block = html`<div class="example"><button type="button" class="copy" hidden>Copy</button><pre tabindex="0" aria-label="${title}"><code>${text}</code></pre></div>`
  return lines <= TALL_LINES
    ? html`<div class="shown"><p class="caption">${title}</p>${block}</div>`
    : html`<details class="shown"><summary class="caption">${title} <span class="dim">${lines} lines</span></summary>${block}</details>`
}

/** The route's first example, for a shell. */
function curlOf(method: string, path: string, { parameters, security, requestBody }: Operation): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const example = parameters.find((it) => it.in === 'path' && it.name === name)?.example
    return example === undefined ? place : encodeURIComponent(String(example))
  })
  const asked = parameters.flatMap(({ name, in: place, required, example }) =>
    place === 'query' && required === true ? `${name}=${encodeURIComponent(String(example ?? ''))}` : [],
  )
  const query = asked.length === 0 ? '' : `?${asked.join('&')}`
  const headers = parameters.filter(
    (it) => it.in === 'header' && it.name !== 'if-none-match' && it.example !== undefined,
  )
  const media = requestBody && Object.values(requestBody.content)[0]
  const body = media?.examples && Object.values(media.examples)[0]?.value
  const parts = [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} ${quoted(HERE + filled + query)}`,
    ...(security?.length === 0 ? [] : ['-H "authorization: Bearer $TOKEN"']),
    ...headers.map(({ name, example }) => `-H ${quoted(`${name}: ${example}`)}`),
    ...(body === undefined ? [] : ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(body))}`]),
  ]
  return parts.join(' \\\n  ')
}

const quoted = (text: string): string => (/^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
const anchorOf = (name: string): string => name.toLowerCase().replaceAll(' ', '-')
const methodMark = (method: string): Html =>
  html`<b class="method ${method === 'GET' ? 'asks' : method === 'WS' ? 'listens' : 'changes'}">${method}</b>`
/** A path that may break after its slashes. */
const broken = (path: string): Html => html`${path.split(/(?<=\/)/).map((part) => html`${part}<wbr>`)}`
