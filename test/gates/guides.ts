/** What guides tell people to type and to open, and whether it is there. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import type { Command } from 'commander'

/** What there is to be named. */
export type Named = {
  /** `scripts` of package.json. */
  readonly scripts: Readonly<Record<string, string>>
  readonly program: Command
  /** The sources that read a script's options, as one text. */
  readonly sourceOf: (script: string) => string
  /** Whether there is such a file or folder, or one that matches, from the root. */
  readonly exists: (path: string) => boolean
}

/** cdk reads these, or vitest: nothing here does. */
const HANDED_ON = new Set(['--method', '--no-color', '--project', '--require-approval'])
const ROOMS = 'cdk|docs|functions|layers|local|models|test|web|\\.github'

/** Sentences about what a guide names and is not there. */
export function wrongInGuide(file: string, guide: string, named: Named): string[] {
  const text = guide.replaceAll(/\\\n\s*/g, ' ')
  return [...wrongScripts(text, named), ...wrongCommands(text, named), ...wrongPaths(file, text, named)]
}

function wrongScripts(text: string, { scripts, sourceOf }: Named): string[] {
  const found = text.matchAll(
    /\bnpm (?:run (?:-s |--silent )?([a-z][\w:-]*)|(test))(?![\w:])(?:[ ]+--[ ]+([^\n`|#;&]*))?/g,
  )
  return [...found].flatMap(([all, run, test, options = '']) => {
    const name = run ?? test!
    if (scripts[name] === undefined) return [`there is no script ${name}: ${all}`]
    if (/(^| )--( |$)/.test(options)) return [`options come after one \`--\`: ${all}`]
    const source = sourceOf(name)
    return flagsIn(options)
      .filter((flag) => !HANDED_ON.has(flag) && !isRead(source, flag))
      .map((flag) => `${name} has no ${flag}: ${all}`)
  })
}

const flagsIn = (text: string): string[] => text.match(/(?<![\w-])--[a-z][\w-]*/g) ?? []

/** In words of its own, or as an option of `parseArgs`. */
const isRead = (source: string, flag: string): boolean =>
  new RegExp(`['"\`\\s|]${flag}\\b|['"]?\\b${flag.slice(2)}\\b['"]?: \\{ type:`).test(source)

function wrongCommands(text: string, { program }: Named): string[] {
  return [...text.matchAll(/\bnpx counterflow\b([^\n`|#;&)]*)/g)].flatMap(([all, rest = '']) => {
    let command = program
    for (const word of rest.trim().split(/\s+/)) {
      const next = command.commands.find((it) => it.name() === word)
      if (next !== undefined) command = next
      else if (command.commands.length > 0 && /^[a-z]/.test(word)) return [`there is no command ${word}: ${all}`]
      else break
    }
    const known = new Set(['--help', ...command.options.map(({ long }) => long)])
    return flagsIn(rest)
      .filter((flag) => !known.has(flag))
      .map((flag) => `${command.name()} has no ${flag}: ${all}`)
  })
}

function wrongPaths(file: string, text: string, { exists }: Named): string[] {
  const beside = (path: string) => normalize(join(dirname(file), path))
  const links = [...text.matchAll(/\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g)].map(([, link]) => beside(link!))
  const named = [...text.matchAll(new RegExp(`\`((?:${ROOMS})/[\\w./@*-]+)\``, 'g'))].map(([, path]) => path!)
  return [
    ...links.filter((path) => !exists(path)).map((path) => `a link leads nowhere: ${path}`),
    ...named
      .filter((path) => !path.includes('RELEASE') && !exists(path) && !exists(beside(path)))
      .map((path) => `there is no ${path}`),
  ]
}

/** What this repository has. */
export function namedIn(root: string, program: Command): Named {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Pick<Named, 'scripts'>
  const textsOf = (glob: string) =>
    globSync(glob, { cwd: root })
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n')
  return {
    scripts,
    program,
    sourceOf: (script) => {
      const path = scripts[script]!.split(' ').findLast((word) => /\.m?[jt]s$/.test(word)) ?? ''
      return textsOf(path.startsWith('local/bin/') ? path : `${dirname(path)}/*.ts`)
    },
    exists: (path) => existsSync(join(root, path)) || (path.includes('*') && globSync(path, { cwd: root }).length > 0),
  }
}
