# Chromium, with fonts for Japanese.

missing_browser()
{
	have chromium || echo Chromium
	have fc-list && [ -n "$(fc-list :lang=ja 2>/dev/null)" ] || echo 'a Japanese font'
}

install_browser() { apt_install chromium fontconfig fonts-noto-cjk; }
