"""The application's style sheet, with the names of colors (see ``theme.colors``) in place of values."""

from __future__ import annotations

SHEET = """
QMainWindow, QDialog {{ background: {window}; }}
QLabel {{ color: {text}; }}
QLabel:disabled {{ color: {quiet}; }}
QLabel[role="heading"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: 17pt; font-weight: 600; }}
QLabel[role="quiet"] {{ color: {quiet}; }}
QFrame[role="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 10px; }}
QLabel[mark="good"] {{ color: {good}; font-weight: 700; }}
QLabel[mark="warning"] {{ color: {warning}; font-weight: 700; }}
QLabel[mark="error"] {{ color: {error}; font-weight: 700; }}
QFrame[role="drop"] {{ background: {card}; border: 2px dashed {accent}; border-radius: 10px; }}
QPushButton, QToolButton {{
  background: {card}; color: {text}; border: 1px solid {border}; border-radius: 7px; padding: 6px 14px;
}}
QToolButton {{ padding: 6px 9px; }}
QToolButton[role="flat"] {{ background: transparent; border: none; padding: 4px 8px; }}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QToolButton:focus {{ padding: 5px 8px; }}
QPushButton:disabled, QToolButton:disabled {{ background: {window}; color: {quiet}; border-color: {line}; }}
QPushButton[role="primary"] {{
  background: {primary}; color: white; border: 2px solid {primary}; border-radius: 8px; padding: 8px 22px;
  font-weight: 600;
}}
QPushButton[role="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[role="primary"]:disabled {{ background: {line}; border-color: {line}; color: {quiet}; }}
QPushButton[role="primary"][live="true"] {{ background: {card}; color: {error}; border: 2px solid {error}; }}
QPushButton[role="primary"][live="true"]:hover {{ background: {error_back}; color: {error}; }}
QComboBox {{ background: {card}; color: {text}; border: 1px solid {border}; border-radius: 7px; padding: 6px 10px; }}
QComboBox:focus {{ padding: 5px 9px; }}
QComboBox:disabled {{ background: {window}; color: {quiet}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox QAbstractItemView {{ background: {card}; color: {text}; border: none; padding: 0; margin: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {border}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {quiet}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: none; width: 0; height: 0;
}}
QListView {{ background: transparent; border: none; outline: none; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QListWidget {{ background: {card}; border: 1px solid {border}; border-radius: 7px; color: {text}; }}
QListWidget::item:selected {{
  background: {selected}; color: {text}; border: 2px solid {accent}; border-radius: 6px;
}}
QLineEdit, QKeySequenceEdit QLineEdit, QPlainTextEdit {{
  background: {card}; color: {text}; border: 1px solid {border}; border-radius: 7px; padding: 5px 8px;
}}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {accent}; padding: 4px 7px; }}
QToolButton:checked {{ background: {selected}; color: {text}; border-color: {accent}; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {quiet}; padding: 6px 12px; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ border: 1px solid {accent}; border-radius: 4px; }}
QMenuBar {{ background: {window}; color: {text}; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 5px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {selected}; color: {text}; }}
QMenu {{ background: {card}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px; border-radius: 5px; }}
QMenu::item:disabled {{ color: {quiet}; background: {card}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QKeySequenceEdit QLineEdit {{ padding: 2px 6px; }}
QKeySequenceEdit QLineEdit:focus {{ padding: 1px 5px; }}
QCheckBox {{ color: {text}; spacing: 8px; }}
QSlider::groove:horizontal {{ height: 4px; background: {border}; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {accent}; border-radius: 2px; }}
QSlider::sub-page:horizontal:disabled {{ background: {border}; }}
QSlider::handle:horizontal {{
  width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: {card}; border: 1px solid {quiet};
}}
QSlider::handle:horizontal:hover {{ background: {hover}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {accent}; width: 10px; height: 10px; }}
QSlider::handle:horizontal:disabled {{ background: {window}; border-color: {border}; }}
QProgressBar {{ background: {line}; color: {text}; border: none; border-radius: 4px; max-height: 16px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 4px; }}
QFrame[notice="error"] {{ background: {error_back}; border: 1px solid {error}; border-radius: 8px; }}
QFrame[notice="warning"] {{ background: {warning_back}; border: 1px solid {warning}; border-radius: 8px; }}
QFrame[notice="info"] {{ background: {card}; border: 1px solid {accent}; border-radius: 8px; }}
QToolTip {{ background: {card}; color: {text}; border: 1px solid {border}; padding: 4px; }}
"""
