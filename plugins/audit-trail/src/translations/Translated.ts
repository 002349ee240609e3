/** The same messages in another language. */
export type Translated<Messages> = { [Key in keyof Messages]: string };
