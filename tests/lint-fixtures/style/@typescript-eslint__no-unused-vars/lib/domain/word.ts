const unused = 1;

export const word = "late";
