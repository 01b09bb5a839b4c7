export const Picture = () => <img src="/picture.svg" />;
