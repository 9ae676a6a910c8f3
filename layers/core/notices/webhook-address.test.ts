import { expect, it } from 'vitest'
import { webhookAddressProblem } from './webhook-address.ts'

it.each([
  'https://hooks.example/alerts?key=1',
  'http://hooks.example:8080/',
  'https://8.8.8.8/x',
  'https://172.15.0.1/',
  'https://172.32.0.1/',
  'https://100.63.0.1/',
  'https://100.128.0.1/',
  'https://[2606:4700::1111]/',
])('%s makes sense everywhere', (address) => {
  expect(webhookAddressProblem(address, false)).toBeUndefined()
  expect(webhookAddressProblem(address, true)).toBeUndefined()
})

it.each([
  '',
  'hooks.example',
  'ftp://hooks.example',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'http://',
  'mailto:a@b.c',
])('%j makes no sense', (address) => expect(webhookAddressProblem(address, true)).toMatch(/is not an address/))

it.each(['https://ada:secret@hooks.example', 'https://ada@hooks.example/', 'https://:secret@hooks.example'])(
  '%s shows who may enter',
  (address) => expect(webhookAddressProblem(address, true)).toMatch(/name and password/),
)

it.each([
  'http://127.0.0.1:9/hook',
  'http://127.1/hook',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://0.0.0.0/',
  'http://localhost:3000',
  'http://localhost./',
  'http://shop.localhost/',
  'http://printer/',
  'http://nas.local/',
  'http://metadata.google.internal/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://169.254.169.254/latest',
  'http://100.64.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:10.0.0.1]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://[ff02::1]/',
])('%s is private', (address) => {
  expect(webhookAddressProblem(address, true)).toBeUndefined()
  expect(webhookAddressProblem(address, false)).toMatch(/private/)
})
