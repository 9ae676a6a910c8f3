import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personFinder, withoutPerson } from './names-person.ts'

describe('a text names', () => {
  test.each([
    ['leela@example.in', '{"mail":"LEELA@Example.in"}', true],
    [' Leela@example.in ', 'call leela@example.in.', true],
    ['leela@example.in', 'line\\nleela@example.in', true],
    ['leela@example.in', 'sleela@example.in', false],
    ['leela@example.in', 'leela@example.info', false],
    ['leela@example.in', 'xleela@example.in, or leela@example.in', true],
    ['4711000', '{"amount":47110001}', false],
    ['4711000', '{"customer":4711000}', true],
    ['Ómar "Q" Šaríf', JSON.stringify({ name: 'ómar "q" šaríf' }), true],
  ])('%s in %s: %s', (person, text, is) => {
    expect(personFinder(person)!(text)).toBe(is)
  })

  test('nobody who is called by too little to tell', () => {
    expect(['abc', ' a@b ', '123456'].map((person) => personFinder(person))).toEqual([undefined, undefined, undefined])
    expect(personFinder('a@bc')).toBeDefined()
    expect(personFinder('1234567')).toBeDefined()
  })

  test('whoever is in a document as JSON', () => {
    const name = fc.string({ minLength: 7, unit: 'grapheme' }).filter((text) => personFinder(text) !== undefined)
    fc.assert(fc.property(name, (person) => personFinder(person)!(JSON.stringify({ customer: person.trim() }))))
  })
})

test.each([
  ['for Leela Rao, and LEELA RAO again', 'leela rao', 'for …, and … again'],
  ['size 42', '42', 'size 42'],
  ['a.b+c(d) is not aXb+c(d)', 'a.b+c(d)', '… is not aXb+c(d)'],
])('%s without %s is %s', (text, person, left) => {
  expect(withoutPerson(text, person)).toBe(left)
})
