export const say = (): void => console.log("late");
