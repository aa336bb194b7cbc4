// The data of an answer, as `outputs/site/answer_files.py` writes it.

/** A place in a source; `quote` is null without its text. */
export interface AnswerCitation { quote: string | null; [name: string]: string | number | null }
export interface AnswerData {
  /** The columns of CSV by their names; that of quotes is null, since the citations have them. */
  table: Record<string, string[] | null>;
  /** For each column of the question a letter for each cell: i for an IRI, n a whole number, f another number, b a truth value, t a text, - no value. */
  kinds: Record<string, string>;
  /** The names of the columns with the labels of others. */
  labelled: Record<string, string>;
  /** What JSON has beside the columns of the question; `saidAt` names the numbers of the citations of each row. */
  evidence: Record<string, any[]>;
  saidAt: string;
}
