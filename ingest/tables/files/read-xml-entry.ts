import { StringDecoder } from 'node:string_decoder';
import { NOT_STORED, unreadable } from './workbook.ts';
import { XmlError, type XmlHandler, XmlReader } from './xml-events.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Streams an entry through an XML reader. @throws UnreadableFileError */
export async function readXmlEntry(zip: ZipArchive, path: string, name: string, handler: XmlHandler): Promise<void> {
  const reader = new XmlReader(handler);
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of zip.chunks(name)) reader.write(decoder.write(chunk));
    reader.end();
  } catch (error) {
    throw error instanceof XmlError ? brokenXml(path, name, error) : error;
  }
}

export const brokenXml = (path: string, name: string, error: Error): Error =>
  unreadable(
    path,
    `is a damaged workbook (${name}: ${error.message}) and ${NOT_STORED}; save it again in the spreadsheet`,
  );
