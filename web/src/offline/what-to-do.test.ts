import { describe, expect, test } from 'vitest'
import { assetsIn, isSameBuild, whatToDo } from './what-to-do.ts'

const HERE = 'http://127.0.0.1:4310'

describe('the service worker', () => {
  test.each([
    ['/app/', 'GET', 'navigate', 'page'],
    ['/app/people', 'GET', 'navigate', 'page'],
    ['/app/join?code=abc', 'GET', 'navigate', 'page'],
    ['/app/assets/index-Ab1.js', 'GET', 'cors', 'asset'],
    ['/app/assets/inter-x.woff2', 'GET', 'cors', 'asset'],
    ['/app/manifest.webmanifest', 'GET', 'cors', 'leave'],
    ['/app/sw.js', 'GET', 'same-origin', 'leave'],
    ['/metrics', 'GET', 'cors', 'leave'],
    ['/account', 'GET', 'cors', 'leave'],
    ['/sign-in?code=abc', 'GET', 'navigate', 'leave'],
    ['/docs', 'GET', 'navigate', 'leave'],
    ['/app/assets/x.js', 'POST', 'cors', 'leave'],
    ['https://elsewhere.example/app/assets/x.js', 'GET', 'cors', 'leave'],
  ] as const)('does with %s %s (%s): %s', (path, method, mode, expected) => {
    expect(whatToDo({ method, mode, url: new URL(path, HERE).href }, HERE)).toBe(expected)
  })
})

const page = (...names: string[]) =>
  names.map((name) => `<script type="module" src="/app/assets/${name}"></script>`).join('') +
  '<link rel="icon" href="/app/favicon.svg"><link rel="stylesheet" href="/app/assets/index-1.css">'

test('a page names the files that it begins with, each once', () => {
  expect(assetsIn(page('index-1.js', 'index-1.js'))).toEqual(['/app/assets/index-1.js', '/app/assets/index-1.css'])
  expect(assetsIn('<p>nothing</p>')).toEqual([])
})

test('a build is another one when its files are', () => {
  expect(isSameBuild(page('a-1.js', 'b-1.js'), page('b-1.js', 'a-1.js'))).toBe(true)
  expect(isSameBuild(page('a-1.js'), page('a-2.js'))).toBe(false)
})
