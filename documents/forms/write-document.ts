import type { CircularFormat } from '@hengjian/models/publication/circulars.ts';
import type { Document } from '../document.ts';

/** The same document gives the same bytes. The libraries of the other forms are not loaded. */
export async function writeDocument(document: Document, format: CircularFormat): Promise<Buffer> {
  switch (format) {
    case 'docx':
      return (await import('./write-word.ts')).writeWord(document);
    case 'xlsx':
      return (await import('./write-excel.ts')).writeExcel(document);
    case 'pdf':
      return (await import('./write-pdf.ts')).writePdf(document);
  }
}
