import { type CommandContext, CommandError } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { printSchemas } from './print-schemas.ts';

function printed(name: string): { openapi?: string; asyncapi?: string; paths?: object; channels?: object } {
  const pieces: string[] = [];
  printSchemas(name, {
    environment: { kafkaTopic: 'province.events' },
    stdout: { write: (piece: string) => pieces.push(piece) > 0 },
  } as unknown as CommandContext);
  return JSON.parse(pieces.join(''));
}

test('the event log, with the topic of the environment', () => {
  expect(printed('asyncapi')).toMatchObject({ asyncapi: '3.0.0', channels: { log: { address: 'province.events' } } });
});

test('the HTTP interfaces of both processes', () => {
  expect(Object.keys(printed('openapi').paths!)).toEqual(
    expect.arrayContaining(['/v1/events', '/api/v1/quarters/{quarter}/scores']),
  );
});

test.each(['', 'wsdl', 'toString'])('%j is no document', (name) => {
  expect(() => printed(name)).toThrow(CommandError);
});
