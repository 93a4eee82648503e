/** An area of the office: what its code is called, in both languages, where it belongs, since when and until when. */
export interface Area {
  /** GB/T 2260, or the office's own: what stands in `region` of events. */
  code: string;
  zh: string;
  /** Empty: as in Chinese. */
  en: string;
  /** Code of the area that it is part of; empty: of none. */
  parent: string;
  /** YYYY-MM-DD, or empty for always. */
  from: string;
  to: string;
}
